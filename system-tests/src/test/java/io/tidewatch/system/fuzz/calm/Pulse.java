package io.tidewatch.system.fuzz.calm;

import java.util.List;

/**
 * One time that the undisturbed tenant was asked for: a flip of all its alarms, and its requests.
 *
 * @param atMs when it began
 * @param requestMs how long the slowest of its requests took
 * @param transitionMs how long the last of its transitions took after its results had been accepted
 * @param faults what did not go well at all, such as a transition that never came
 */
public record Pulse(long atMs, long requestMs, long transitionMs, List<String> faults) {}
