/**
 * The compacted topics of the configuration in memory, and the way to change them so that the change is seen afterwards. For the
 * endpoints of the gateway.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.configuration;
