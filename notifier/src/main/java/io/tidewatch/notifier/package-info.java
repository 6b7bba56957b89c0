/** The process that tells people of alarms: settings in, a running application out. For standalone and its own Main. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier;
