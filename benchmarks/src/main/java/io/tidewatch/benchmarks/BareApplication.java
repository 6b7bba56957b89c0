package io.tidewatch.benchmarks;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * The floor: the least that Kafka Streams can do exactly once. Reads every result, decodes none, keeps nothing, and passes
 * on those that are marked.
 */
final class BareApplication implements AutoCloseable {
    private static final String READ_RESULTS = "read-results";
    private static final String PASS_ON_MARKED = "pass-on-marked";
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

    private final KafkaStreams streams;
    private final CountDownLatch running = new CountDownLatch(1);

    BareApplication(String results, String marked, Properties properties) {
        Topology topology = new Topology()
                .addSource(READ_RESULTS, new ByteArrayDeserializer(), new ByteArrayDeserializer(), results)
                .addProcessor(PASS_ON_MARKED, PassOnMarked::new, READ_RESULTS)
                .addSink("write-marked", marked, new ByteArraySerializer(), new ByteArraySerializer(), PASS_ON_MARKED);
        streams = new KafkaStreams(topology, properties);
        streams.setStateListener((after, before) -> {
            if (after == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
    }

    /** @throws IllegalStateException when it is not at work in time */
    void start(Duration timeout) {
        streams.start();
        try {
            if (!running.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("The bare application is " + streams.state());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the bare application starts", e);
        }
    }

    @Override
    public void close() {
        boolean unused = streams.close(CLOSE_TIMEOUT);
    }

    private static final class PassOnMarked extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        @Override
        public void process(Record<byte[], byte[]> record) {
            if (record.headers().lastHeader(SteadySender.MARK) != null) {
                context().forward(record);
            }
        }
    }
}
