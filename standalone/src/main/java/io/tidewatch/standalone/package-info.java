/** The command line: everything of Tidewatch on one machine, each part alone, and looks into what runs. Used by nobody else. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone;
