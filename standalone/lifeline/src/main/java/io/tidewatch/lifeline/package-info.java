/** Ties a child process to the life of its parent. On the class path of embedded servers only. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.lifeline;
