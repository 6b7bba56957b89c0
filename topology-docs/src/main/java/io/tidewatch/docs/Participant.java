package io.tidewatch.docs;

import io.tidewatch.topics.Topic;
import java.util.List;

/**
 * A program that is no Kafka Streams application, in the picture of the whole pipeline.
 *
 * @param name the program, such as {@code poller}
 * @param takesFrom who calls it and what it reads, other than topics
 * @param reads the topics that it consumes
 * @param writes the topics that it produces to
 * @param givesTo what it reaches or writes outside Kafka
 */
record Participant(String name, List<String> takesFrom, List<Topic> reads, List<Topic> writes, List<String> givesTo) {
    Participant {
        takesFrom = List.copyOf(takesFrom);
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        givesTo = List.copyOf(givesTo);
    }
}
