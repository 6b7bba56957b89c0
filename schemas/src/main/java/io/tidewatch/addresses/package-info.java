/** Which addresses may be reached on behalf of users. For whatever makes connections that they ask for: the poller, the notifier. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.addresses;
