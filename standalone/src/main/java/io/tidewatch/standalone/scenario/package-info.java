/**
 * Scenarios: stories about one alarm in a file, played on the real alarm topology and compared with what they promise. For
 * the command line; knows nothing of it.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone.scenario;
