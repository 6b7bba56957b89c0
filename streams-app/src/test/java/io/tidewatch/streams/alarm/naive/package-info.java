/**
 * The alarm language once more, as plainly as it can be said: what the engine's answers are compared with. For tests;
 * shares no code with the engine.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.alarm.naive;
