package io.tidewatch.runtime.application;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Whether Kafka answers, by asking the leaders of {@code check-results} again and again. Kafka Streams calls itself running
 * with all brokers gone. One thread asks; any thread may read.
 */
public final class KafkaWatch implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Longer than brokers take to elect a leader when one of them is stopped in order. */
    private static final Duration UNREADY_AFTER = Duration.ofSeconds(5);

    private final Runnable question;
    private final Clock clock;
    private final AutoCloseable asked;
    private volatile Instant answered;
    private volatile Optional<String> failure = Optional.empty();
    private @Nullable ScheduledExecutorService looking;

    /**
     * @param question asks Kafka something
     * @param asked closed with this
     */
    KafkaWatch(Runnable question, AutoCloseable asked, Clock clock) {
        this.question = question;
        this.asked = asked;
        this.clock = clock;
        this.answered = clock.instant();
    }

    /**
     * Watches Kafka.
     *
     * @param topic whose leaders are asked, by its full name
     * @param partitions how many it has
     */
    public static KafkaWatch of(Map<String, Object> client, String topic, int partitions, Clock clock) {
        LastingAdmin admin = new LastingAdmin(client);
        Map<TopicPartition, OffsetSpec> latest = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        return new KafkaWatch(
                () -> {
                    var unused = admin.ask(kafka -> kafka.listOffsets(latest).all());
                },
                admin,
                clock);
    }

    /** Starts looking. Call once. */
    public synchronized void start() {
        looking = DaemonTimer.repeating("watch-kafka", LOOK_EVERY, this::look);
    }

    /** Why nothing can be processed right now; empty when Kafka answers. */
    public Optional<String> unreadyBecause() {
        Duration silence = Duration.between(answered, clock.instant());
        return silence.compareTo(UNREADY_AFTER) > 0
                ? Optional.of("Kafka has not answered for " + silence.toSeconds() + " s"
                        + failure.map(reason -> ": " + reason).orElse(""))
                : Optional.empty();
    }

    @Override
    public synchronized void close() {
        Optional.ofNullable(looking).ifPresent(ScheduledExecutorService::shutdownNow);
        try {
            asked.close();
        } catch (Exception e) {
            throw new IllegalStateException("What asks Kafka can't be closed", e);
        }
    }

    /** Looks once, as {@link #start} makes it do in every step. */
    void look() {
        try {
            question.run();
            answered = clock.instant();
            failure = Optional.empty();
        } catch (RuntimeException e) {
            failure = Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
