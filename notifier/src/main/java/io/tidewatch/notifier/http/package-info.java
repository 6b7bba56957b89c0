/** How requests get to receivers, and which never do. For the channels that speak HTTP. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.http;
