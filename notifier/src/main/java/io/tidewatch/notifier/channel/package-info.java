/** The channels: what each kind of receiver is sent, and what its answer means. For whoever works through the deliveries. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.channel;
