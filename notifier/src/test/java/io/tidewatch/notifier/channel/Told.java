package io.tidewatch.notifier.channel;

import io.tidewatch.schema.MessageKind;

/**
 * What a receiver makes of a message.
 *
 * @param incident what it knows the problem by; empty when it just shows what it gets
 * @param kind problem, acknowledged or resolved; receivers that tell more apart say which
 * @param text what a person gets to read
 */
record Told(String incident, String kind, String text) {
    /** For receivers that people read. */
    static Told ofHeadline(String headline, String text) {
        String kind = headline.contains(", acknowledged by jo:")
                ? "acknowledged"
                : headline.contains("OK:") ? "resolved" : "problem";
        return new Told("", kind, headline + "\n" + text);
    }

    static String kind(MessageKind kind) {
        return switch (kind) {
            case PROBLEM, UPDATE, REMINDER, TEST -> "problem";
            case ACKNOWLEDGED -> "acknowledged";
            case RESOLVED, RECOVERED -> "resolved";
        };
    }
}
