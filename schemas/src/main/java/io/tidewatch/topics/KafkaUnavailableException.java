package io.tidewatch.topics;

/** Kafka did not answer, or not yet as it will. Asking again later may well work. */
public final class KafkaUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
