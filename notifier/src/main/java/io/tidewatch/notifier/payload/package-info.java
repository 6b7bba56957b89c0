/** What a delivery says, as the objects and texts that channels are made of. Knows no channel and no network. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.payload;
