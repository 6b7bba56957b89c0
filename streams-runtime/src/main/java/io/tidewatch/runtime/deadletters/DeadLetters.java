package io.tidewatch.runtime.deadletters;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.serde.RegistryException;
import io.tidewatch.serde.RegistryUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a record that could not be decoded or processed. A record that is itself to blame goes to
 * {@code dead-letters}, with the bytes of its key and value and the headers of {@link DeadLetter}, through the producer of
 * its task (so under exactly-once in the same transaction as its offset), and the partition goes on. Trouble that passes,
 * such as a registry that is away, fails the task: nothing is committed, and the record is read again.
 *
 * <p>The same holds for output that can't be written, most of all because it would be too large: see {@link
 * io.tidewatch.serde.BoundedSerializer}. What its record changed and published otherwise stands. A punctuation has no record:
 * what it fails at is counted, logged and left out, and it comes again in time. A processor whose punctuation does several
 * things therefore has to guard each by itself.
 *
 * <p>Several applications may read one topic. What is wrong for all of them, bytes that can't be decoded and records that a
 * node refuses which all of them have, would become one dead letter each; so one application reports it, and the others only
 * count it: see {@link ReportedElsewhere}.
 *
 * <p>A record of a topic that fills a global store can only be counted, too: there is no producer to send it with.
 *
 * <p>The value of a dead letter is empty when the record failed after its processor had already put something into a
 * changelogged store or forwarded it: Kafka Streams frees the source's bytes then. Topic, partition and offset still name
 * it. Source: {@code RecordCollectorImpl.freeRawInputRecordFromContext} of Kafka 4.3.1.
 *
 * <p>Kafka Streams makes the instances, some for each thread, and calls each on its thread.
 */
public final class DeadLetters
        implements DeserializationExceptionHandler, ProcessingExceptionHandler, ProductionExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final String SETTINGS = "tidewatch.dead.letters";

    private Settings settings;

    /** For Kafka Streams, which calls {@link #configure} next. */
    @SuppressWarnings("NullAway.Init")
    public DeadLetters() {}

    /**
     * The properties of a Kafka Streams application that put this class to work.
     *
     * @param application the {@code application.id}, for the header and the metrics
     * @param deadLetterTopic the full name of {@code dead-letters}
     * @param reportedElsewhere what another application reports
     */
    public static Map<String, Object> properties(
            String application, String deadLetterTopic, ReportedElsewhere reportedElsewhere, MeterRegistry meters) {
        return Map.of(
                StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetters.class,
                StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetters.class,
                StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG,
                DeadLetters.class,
                SETTINGS,
                new Settings(application, deadLetterTopic, reportedElsewhere, meters));
    }

    @Override
    public void configure(Map<String, ?> configs) {
        settings = (Settings) Objects.requireNonNull(configs.get(SETTINGS), SETTINGS);
    }

    @Override
    public DeserializationExceptionHandler.Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return hasCause(exception, RegistryUnavailableException.class)
                ? DeserializationExceptionHandler.Response.fail()
                : DeserializationExceptionHandler.Response.resume(putAside(context, DeadLetter.DECODE, exception));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        return isTheRecordsFault(exception)
                ? ProcessingExceptionHandler.Response.resume(putAside(context, context.processorNodeId(), exception))
                : ProcessingExceptionHandler.Response.fail();
    }

    /** What the broker has refused is in no transaction any more, and the transaction is lost. */
    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        return ProductionExceptionHandler.Response.fail();
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public ProductionExceptionHandler.Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        return isTheRecordsFault(exception)
                ? ProductionExceptionHandler.Response.resume(putAside(context, context.processorNodeId(), exception))
                : ProductionExceptionHandler.Response.fail();
    }

    /**
     * A registry that refuses our own schema on the way out and Kafka's own exceptions have nothing to do with the record;
     * everything else that a processor throws on it would be thrown again.
     */
    private static boolean isTheRecordsFault(Exception exception) {
        if (hasCause(exception, RegistryException.class)) {
            return false;
        }
        return hasCause(exception, BadRecordException.class)
                || hasCause(exception, SerializationException.class)
                || !hasCause(exception, KafkaException.class);
    }

    private List<ProducerRecord<byte[], byte[]>> putAside(
            ErrorHandlerContext context, String stage, Exception exception) {
        String topic = context.topic();
        if (topic == null) {
            settings.countDropped("", stage);
            LOG.error("A punctuation failed and goes on with the next stage={}", stage, exception);
            return List.of();
        }
        if (isGlobal(context) || settings.reportedElsewhere().includes(topic, stage)) {
            settings.countDropped(topic, stage);
            LOG.debug(
                    "Dropped a bad record topic={} partition={} offset={} stage={} reason={}",
                    topic,
                    context.partition(),
                    context.offset(),
                    stage,
                    reason(exception));
            return List.of();
        }
        DeadLetter letter = new DeadLetter(
                topic,
                context.partition(),
                context.offset(),
                context.timestamp(),
                settings.application(),
                stage,
                exception.getClass().getName(),
                reason(exception));
        letter.count(settings.meters());
        LOG.debug(
                "Put a bad record aside topic={} partition={} offset={} stage={} reason={}",
                topic,
                context.partition(),
                context.offset(),
                stage,
                letter.reason());
        return List.of(letter.record(settings.deadLetterTopic(), context.sourceRawKey(), context.sourceRawValue()));
    }

    /** Whether a global store is being filled. Such a task has no producer, and an id below all others. */
    private static boolean isGlobal(ErrorHandlerContext context) {
        return context.taskId().subtopology() < 0;
    }

    private static String reason(Exception exception) {
        String message = exception.getMessage();
        return message == null ? exception.toString() : message;
    }

    private static boolean hasCause(Throwable exception, Class<? extends Throwable> type) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Handed through Kafka Streams' configuration, which makes handlers by their class alone. */
    private record Settings(
            String application, String deadLetterTopic, ReportedElsewhere reportedElsewhere, MeterRegistry meters) {
        void countDropped(String topic, String stage) {
            meters.counter("tidewatch.records.dropped", "application", application, "topic", topic, "stage", stage)
                    .increment();
        }
    }
}
