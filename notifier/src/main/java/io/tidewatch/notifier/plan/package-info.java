/** Whom to tell of an alarm's states: a notification plan without Kafka, as the incident rules read it. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.plan;
