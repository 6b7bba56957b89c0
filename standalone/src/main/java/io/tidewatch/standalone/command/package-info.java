/** The commands, each a class: what it is called, which options it takes, what it prints. Used by the process's entry alone. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone.command;
