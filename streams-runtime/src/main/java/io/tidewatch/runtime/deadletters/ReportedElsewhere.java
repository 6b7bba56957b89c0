package io.tidewatch.runtime.deadletters;

import java.util.Set;

/**
 * The bad records that another application puts aside, so that this one only counts them: those of some topics that can't be
 * decoded, or that a node refuses which every reader of the topic has.
 *
 * @param topics by their full names
 * @param nodes by their names in the topologies
 */
public record ReportedElsewhere(Set<String> topics, Set<String> nodes) {
    /** Nothing is. */
    public static final ReportedElsewhere NOTHING = new ReportedElsewhere(Set.of(), Set.of());

    public ReportedElsewhere {
        topics = Set.copyOf(topics);
        nodes = Set.copyOf(nodes);
    }

    boolean includes(String topic, String stage) {
        return topics.contains(topic) && (stage.equals(DeadLetter.DECODE) || nodes.contains(stage));
    }
}
