package io.tidewatch.streams.alarm.naive;

import java.util.Map;

/**
 * One zone's result.
 *
 * @param zone empty for an agent's
 * @param atMs milliseconds since the story's start
 */
record Observation(String zone, long atMs, boolean available, String status, Map<String, Object> metrics) {}
