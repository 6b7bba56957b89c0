/** The types of check that agents report, as far as they are known. For the catalogue. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks.agent;
