/**
 * Which alarms a silence, a maintenance window or an inhibition is about, and when. Pure: for the gateway, which shows what they hit
 * and when they come, and for the notifier, which obeys them.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.suppression;
