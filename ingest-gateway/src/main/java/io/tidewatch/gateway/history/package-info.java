/**
 * The history: metrics and their plots, changelogs of alarms, who was told of them and what was withheld, and views of resources with
 * their states. For the gateway's wiring.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.history;
