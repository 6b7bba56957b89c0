/**
 * The resources that a tenant configures, a class for each kind, and the endpoint that all kinds share. For the gateway's wiring and
 * for the endpoints that show resources. More than 20 classes: each kind has one, and they share how a resource is read and shown.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.resource;
