/**
 * Settings of a part: declared once, read from a file and the environment, refused with a clear sentence when wrong. For
 * every part.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.settings;
