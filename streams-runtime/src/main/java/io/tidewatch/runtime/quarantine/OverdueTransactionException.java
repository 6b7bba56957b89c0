package io.tidewatch.runtime.quarantine;

import org.apache.kafka.common.KafkaException;

/** Ends a stream thread whose transaction lasted for longer than it may; no record is to blame. */
final class OverdueTransactionException extends KafkaException {
    private static final long serialVersionUID = 1;

    OverdueTransactionException() {
        super(
                "The records of one transaction took longer than it may last. A new thread begins with one record at a time");
    }
}
