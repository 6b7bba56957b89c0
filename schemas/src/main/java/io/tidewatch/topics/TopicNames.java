package io.tidewatch.topics;

/** Full topic names under one prefix, so that several Tidewatches can share a Kafka cluster. */
public record TopicNames(String prefix) {
    /** The prefix that is used where none is configured. */
    public static final String DEFAULT_PREFIX = "tidewatch.";

    public static TopicNames withDefaultPrefix() {
        return new TopicNames(DEFAULT_PREFIX);
    }

    /** The topic's full name, such as {@code tidewatch.check-results}. */
    public String of(Topic topic) {
        return prefix + topic.baseName();
    }

    /** The registry subject of the topic's value, such as {@code tidewatch.check-results-value}. */
    public String valueSubject(Topic topic) {
        return of(topic) + "-value";
    }
}
