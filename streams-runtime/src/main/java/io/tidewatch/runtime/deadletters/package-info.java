/** What becomes of records that can't be processed. For the topologies of stream applications. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.runtime.deadletters;
