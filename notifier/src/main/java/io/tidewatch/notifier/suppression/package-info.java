/** What keeps news from being told, and why. For the incident rules. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.suppression;
