/** Holds the whole project's classes to its written rules, see CONTRIBUTING.md. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.architecture;
