package io.tidewatch.streams;

import io.tidewatch.runtime.application.LagWatch;
import io.tidewatch.runtime.application.RunningApplication;
import io.tidewatch.runtime.quarantine.Quarantine;
import io.tidewatch.runtime.quarantine.WatchedClients;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.streams.alarm.engine.CompileQueue;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.takeover.CompileAhead;
import io.tidewatch.streams.takeover.GroupMembers;
import io.tidewatch.streams.topology.AlarmTopology;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application {@code alarms}. Criteria are compiled on threads of their own, of which there are few. A young process is slow and short of processors; so one that joins others who evaluate the
 * alarms takes nothing from them before it has compiled the criteria, and {@link #start} returns only when its alarms keep
 * up, so that nothing else begins before.
 */
final class AlarmsApplication implements StreamsApplication {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmsApplication.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** How long others go on with alarms that this process is not ready for. */
    private static final Duration HEAD_START = Duration.ofSeconds(30);

    /** How long the other applications let alarms go first. */
    private static final Duration ALARMS_FIRST = Duration.ofSeconds(30);

    /** Longer than Kafka Streams takes from its first assignment, with what is free, to the next, with what others had. */
    private static final Duration KEEPS_UP = Duration.ofSeconds(3);

    /** At least one processor is for the threads that decide. */
    private static final int COMPILING_THREADS =
            Math.max(1, Math.min(2, Runtime.getRuntime().availableProcessors() / 2));

    private final ProcessParts process;
    private final LagWatch lag;
    private final Quarantine quarantine;
    private final KafkaStreams streams;
    private final RunningApplication running;
    private final CompileQueue compileQueue;
    private final CompileAhead compileAhead;
    private final CountDownLatch closing = new CountDownLatch(1);

    AlarmsApplication(ProcessParts process) {
        this.process = process;
        this.lag = process.lagWatch(Application.ALARMS);
        this.quarantine = process.quarantine(Application.ALARMS);
        this.compileQueue = new CompileQueue(COMPILING_THREADS);
        compileQueue.bindTo(process.meters());
        CriteriaShapes shapes = new CriteriaShapes(compileQueue);
        this.streams = new KafkaStreams(
                AlarmTopology.build(
                        process.topics(),
                        quarantine.unblamed(process.registry()),
                        process.partitions(),
                        shapes,
                        lag,
                        process.meters(),
                        quarantine),
                process.properties(Application.ALARMS),
                new WatchedClients(quarantine));
        this.running = process.running(Application.ALARMS, streams);
        this.compileAhead = CompileAhead.of(
                process.kafka(),
                process.registry(),
                process.config().runtime().stateDir(),
                process.meters(),
                shapes::compileAhead,
                this::isRunning);
    }

    @Override
    public void start() {
        lag.start();
        compileQueue.start();
        compileAhead.start();
        boolean takesOver = GroupMembers.areOthers(
                process.kafka().client(), process.config().applicationId(Application.ALARMS), process.instance());
        if (takesOver) {
            boolean compiled = compileAhead.awaitHeadStart(HEAD_START);
            LOG.info("Others evaluate the alarms, and this process joins them criteriaCompiled={}", compiled);
        }
        running.start();
        if (takesOver) {
            boolean keepsUp = awaitKeepingUp();
            LOG.info("Alarms went first keepUp={}", keepsUp);
        }
    }

    @Override
    public Optional<String> deadBecause() {
        return running.deadBecause().or(quarantine::deadBecause);
    }

    @Override
    public Optional<String> unreadyBecause() {
        return running.unreadyBecause();
    }

    @Override
    public void beginClose() {
        closing.countDown();
        compileAhead.stop();
        running.beginClose();
    }

    @Override
    public void awaitClosed(Duration timeout) {
        running.awaitClosed(timeout);
        compileAhead.close();
        compileQueue.close();
        lag.close();
        quarantine.close();
    }

    /** Returns true if alarms keep up before the timeout. */
    private boolean awaitKeepingUp() {
        Instant deadline = process.clock().instant().plus(ALARMS_FIRST);
        long[] before = new long[process.partitions()];
        boolean measuring = false;
        while (!measuring || !haveKeptUpSince(before)) {
            if (!measuring && isRunning()) {
                Arrays.setAll(before, lag::elapsedMs);
                measuring = true;
            }
            boolean hopeless = running.deadBecause().isPresent();
            if (hopeless || process.clock().instant().isAfter(deadline) || closesWithin(LOOK_EVERY)) {
                return false;
            }
        }
        return true;
    }

    private boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    private boolean haveKeptUpSince(long[] before) {
        return IntStream.range(0, before.length)
                .allMatch(partition -> lag.elapsedMs(partition) - before[partition] >= KEEPS_UP.toMillis());
    }

    private boolean closesWithin(Duration timeout) {
        try {
            return closing.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
