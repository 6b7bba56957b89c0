package io.tidewatch.topics;

/** Thrown when Kafka does not answer, or is not ready yet. A later attempt may succeed. */
public final class KafkaUnavailableException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    KafkaUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
