/** Tests of what a check result may be. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.results;
