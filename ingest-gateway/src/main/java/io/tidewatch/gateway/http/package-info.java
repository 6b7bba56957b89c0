/**
 * What every endpoint of the gateway reads requests and writes answers with: JSON and its fields, faults, pages, links, query
 * parameters. For all other packages of the gateway; knows none of them.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.http;
