package io.tidewatch.notifier.sending;

import java.util.Set;

/** The attempts that were made and written, but not yet read by the task whose partition they are in. */
public interface UnreadAttempts {
    /**
     * The deliveries that they are of. Called when a task begins, on its thread, before it reads anything.
     *
     * @return a set of the caller's own
     * @throws org.apache.kafka.common.KafkaException when Kafka does not answer
     */
    Set<String> of(int partition);
}
