/** What a check result may be, in one place: for the gateway's door, for pollers, and for those who read {@code check-results}. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.results;
