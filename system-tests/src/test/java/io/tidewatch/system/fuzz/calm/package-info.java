/** The tenant that minds its own business, and what it has to put up with. For the fuzz. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.fuzz.calm;
