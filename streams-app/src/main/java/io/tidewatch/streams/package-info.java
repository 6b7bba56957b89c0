/** The process of the stream applications: settings in, running applications out. For standalone and its own Main. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams;
