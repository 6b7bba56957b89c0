/**
 * A whole Tidewatch on this machine, and the demo that uses one as any user would: servers as child processes, parts in this
 * process. For the commands, and for tests.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone.local;
