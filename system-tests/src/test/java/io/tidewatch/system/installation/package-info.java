/** Tests of a whole Tidewatch from outside, as {@code tidewatch up} runs it in a process, and as containers. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.installation;
