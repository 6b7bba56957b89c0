/** The HTTP front door: the configuration of entities, checks and alarms, and check results from elsewhere, onto Kafka's topics. Only {@code GatewayApp}, {@code GatewayMain} and {@code GatewayConfig} are for others. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway;
