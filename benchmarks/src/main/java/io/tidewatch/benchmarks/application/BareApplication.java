package io.tidewatch.benchmarks.application;

import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.runtime.application.BoundedRocksDb;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsAppConfig.Application;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/**
 * What Kafka Streams can do at most: a topology that does as good as nothing, run with what the application beside it is
 * run with.
 */
public final class BareApplication implements AutoCloseable {
    private static final CloseOptions LEAVING = CloseOptions.timeout(Duration.ofSeconds(10))
            .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP);

    private final KafkaStreams streams;
    private final CountDownLatch running = new CountDownLatch(1);

    /**
     * @param id its {@code application.id}
     * @param beside whose floor it is
     */
    public BareApplication(String id, Topology topology, BenchmarkKafka kafka, Application beside) {
        streams = new KafkaStreams(topology, properties(id, kafka, beside));
        streams.setStateListener((after, before) -> {
            if (after == KafkaStreams.State.RUNNING) {
                running.countDown();
            }
        });
    }

    /** @throws IllegalStateException when it is not at work in time */
    public void start(Duration timeout) {
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
        boolean unused = streams.close(LEAVING);
    }

    /** What decides about speed is as the application beside it has it. */
    private static Properties properties(String id, BenchmarkKafka kafka, Application beside) {
        Settings settings = MeasuredApplication.settings(kafka, beside);
        Properties properties = new Properties();
        properties.putAll(kafka.settings().client());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, id);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, kafka.state().toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, settings.getInt(beside.commitIntervalKey()));
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.getInt(beside.threadsKey()));
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        return properties;
    }
}
