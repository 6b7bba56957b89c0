package io.tidewatch.docs;

import io.tidewatch.topics.Topic;
import java.util.List;

/**
 * A program that is no Kafka Streams application, in the picture of the whole pipeline. Nothing checks it against code:
 * such a program has no topology that could be asked.
 *
 * @param name the program, such as {@code poller}
 * @param callers who calls it, other than over a topic
 * @param reads the topics that it consumes
 * @param writes the topics that it produces to
 * @param reaches what it reaches outside Kafka
 */
record Participant(String name, List<String> callers, List<Topic> reads, List<Topic> writes, List<String> reaches) {
    Participant {
        callers = List.copyOf(callers);
        reads = List.copyOf(reads);
        writes = List.copyOf(writes);
        reaches = List.copyOf(reaches);
    }
}
