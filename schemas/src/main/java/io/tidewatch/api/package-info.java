/**
 * Resources as the API shows them, in JSON: for the gateway, whose answers they are, and for the notifier, whose messages have them.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.api;
