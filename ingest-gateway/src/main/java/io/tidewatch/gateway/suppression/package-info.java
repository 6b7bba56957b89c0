/**
 * What keeps news of alarms from being told by rules: silences, maintenance windows and inhibitions as resources, and the preview of a
 * silence. For the gateway's wiring.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.suppression;
