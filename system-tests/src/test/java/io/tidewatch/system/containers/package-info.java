/** Tidewatch in containers, as our compose files put it together, for tests. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.containers;
