/**
 * Makes attempts on threads of its own, writes down how each has ended, and finds those that a former owner has made. For the
 * stream task.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.sending;
