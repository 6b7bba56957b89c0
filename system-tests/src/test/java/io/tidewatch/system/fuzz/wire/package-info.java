/** HTTP as bytes, so that a request may be wrong in every way, and what an answer of the API may be. For the fuzz. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.fuzz.wire;
