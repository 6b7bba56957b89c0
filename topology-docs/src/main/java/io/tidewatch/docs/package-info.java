/**
 * Writes the documentation of topologies, topics and settings from the code itself. For the build: nothing of the running
 * service depends on it.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.docs;
