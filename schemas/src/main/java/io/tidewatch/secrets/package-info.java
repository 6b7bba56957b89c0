/**
 * Secrets of tenants, such as a webhook's URL, sealed before they go onto a topic and opened where they are used. For the gateway, which
 * seals, and for the notifier, which opens.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.secrets;
