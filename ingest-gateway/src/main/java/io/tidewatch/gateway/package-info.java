/**
 * The HTTP front door: the configuration of entities, checks and alarms, and check results from elsewhere, onto Kafka's topics; and
 * reads of what became of them. Here is the wiring; each concern has a package below, and none of them knows this one. Outside of
 * this module, only {@code GatewayApp}, {@code GatewayMain} and {@code GatewayConfig} are used.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway;
