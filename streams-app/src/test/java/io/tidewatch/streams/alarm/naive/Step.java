package io.tidewatch.streams.alarm.naive;

import java.util.Set;

/** One thing that happens in a story. Its text is what a failed test shows. */
sealed interface Step {
    record Result(Observation observation) implements Step {}

    /**
     * @param zones empty for an agent's check
     */
    record ChangeCheck(int periodSeconds, Set<String> zones) implements Step {}

    record DeleteCheck() implements Step {}

    /**
     * @param broken whether the text has an error that the script knows nothing of
     */
    record ChangeAlarm(String alarm, Script script, ScriptWriter.Written written, boolean disabled, boolean broken)
            implements Step {
        String text() {
            return broken ? written.text() + " oops" : written.text();
        }

        @Override
        public String toString() {
            return "ChangeAlarm[" + alarm + (disabled ? ", disabled" : "") + ", text=\n" + text() + "\n]";
        }
    }

    record DeleteAlarm(String alarm) implements Step {}
}
