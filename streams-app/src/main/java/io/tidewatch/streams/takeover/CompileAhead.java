package io.tidewatch.streams.takeover;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.schema.Alarm;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles the criteria of all alarms before they are needed: before this process gets the tasks that evaluate them, be
 * it at a start or because another process died; and, for an alarm that is created while results flow, mostly before the
 * stream thread comes to it. Only a hint: a task that is there first asks for itself, and so do all tasks when this
 * has broken.
 *
 * <p>A process that ran here before compiles the {@link KnownCriteria} first, and reads the topic {@code alarms} later:
 * reading a hundred thousand alarms for twenty shapes would take processors from the restoring of stores.
 * {@link #awaitHeadStart} waits for the known criteria, or else for the topic as it was at the start.
 *
 * <p>Has a thread for the known criteria; the topic is read on its follower's thread, after it.
 */
public final class CompileAhead implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompileAhead.class);
    private static final long END_WITHIN_MS = 2_000;

    /** Source: with the texts that tell kinds apart, this is 16 MB of heap at most. */
    private static final int MAX_REMEMBERED_CHARACTERS = 4 * 1024 * 1024;

    private static final long LOOK_EVERY_MS = 200;

    private final BiConsumer<String, String> compile;
    private final KnownCriteria known;
    private final BooleanSupplier atWork;
    private final TopicFollower follower;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CountDownLatch headStart = new CountDownLatch(1);
    private final Thread thread = new Thread(this::begin, "compile-known-criteria");

    /** By their text without digits, in {@link #kind}. */
    private final Set<String> compiled = new HashSet<>();

    /** A criteria of each kind that is in the topic. */
    private final Map<String, String> found = new HashMap<>();

    private int rememberedCharacters;
    private boolean foundMore;

    /**
     * @param compile is given a tenant, or the empty text, and one criteria of each kind, and returns when it is compiled
     * @param atWork whether the application has nothing to restore any more
     * @param follower makes the follower of the topic {@code alarms}, which is started and closed here
     */
    CompileAhead(
            BiConsumer<String, String> compile,
            KnownCriteria known,
            BooleanSupplier atWork,
            Function<TopicFollower.Reader, TopicFollower> follower) {
        this.compile = compile;
        this.known = known;
        this.atWork = atWork;
        this.follower = follower.apply(new Found());
        thread.setDaemon(true);
    }

    /**
     * Compiles the alarms that Kafka has.
     *
     * @param stateDir where the known criteria are
     * @param compile is given a tenant, or the empty text, and one criteria of each kind, and returns when it is compiled
     * @param atWork whether the application has nothing to restore any more
     */
    public static CompileAhead of(
            KafkaSettings kafka,
            SchemaRegistry registry,
            Path stateDir,
            MeterRegistry meters,
            BiConsumer<String, String> compile,
            BooleanSupplier atWork) {
        return new CompileAhead(
                compile,
                new KnownCriteria(stateDir),
                atWork,
                reader -> new TopicFollower(
                        "criteria",
                        TopicFollower.consumer(kafka.client(), "compile-ahead"),
                        registry,
                        kafka.topics(),
                        Set.of(Topic.ALARMS),
                        reader,
                        meters));
    }

    /** Starts compiling. Call once. */
    public void start() {
        thread.start();
    }

    /**
     * Waits until the criteria that were there at the start have been compiled, or nothing more will be.
     *
     * @return false if the timeout came first
     */
    public boolean awaitHeadStart(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (!headStart.await(LOOK_EVERY_MS, TimeUnit.MILLISECONDS)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                if (follower.deadBecause().isPresent()) {
                    return true;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Compiles nothing more, and ends {@link #awaitHeadStart}; returns at once. */
    public void stop() {
        closing.countDown();
        headStart.countDown();
    }

    @Override
    public void close() {
        stop();
        if (thread.getState() != Thread.State.NEW) {
            try {
                thread.join(END_WITHIN_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        follower.close();
    }

    private void begin() {
        try {
            List<String> before = known.read();
            before.forEach(criteria -> compile("", criteria));
            if (!before.isEmpty()) {
                headStart.countDown();
                while (!atWork.getAsBoolean() && !closesWithin(LOOK_EVERY_MS)) {}
            }
            if (closing.getCount() > 0) {
                follower.start();
            }
        } catch (RuntimeException | Error e) {
            LOG.warn("Compiling ahead ended; tasks ask for what they need reason={}", e.toString());
            headStart.countDown();
        }
    }

    private boolean closesWithin(long timeoutMs) {
        try {
            return closing.await(timeoutMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException("Interrupted", e);
        }
    }

    private void compile(String tenant, String criteria) {
        if (closing.getCount() > 0 && compiled.add(kind(criteria))) {
            try {
                compile.accept(tenant, criteria);
            } catch (RuntimeException e) {
                LOG.warn("A criteria can't be compiled ahead; its task will say why reason={}", e.toString());
            }
        }
    }

    /** The same for criteria that have the same text but for its digits: thresholds make no shape. */
    private static String kind(String criteria) {
        StringBuilder withoutDigits = new StringBuilder(criteria.length());
        for (int i = 0; i < criteria.length(); i++) {
            if (!Character.isDigit(criteria.charAt(i))) {
                withoutDigits.append(criteria.charAt(i));
            }
        }
        return withoutDigits.toString();
    }

    /** What the follower finds in the topic. */
    private final class Found implements TopicFollower.Reader {
        @Override
        public void apply(TopicRecord read) {
            read.value().map(Alarm.class::cast).ifPresent(this::find);
        }

        @Override
        public void caughtUp() {
            headStart.countDown();
        }

        @Override
        public void idle() {
            if (foundMore) {
                foundMore = false;
                known.write(found.values());
            }
        }

        private void find(Alarm alarm) {
            String criteria = alarm.getCriteria();
            if (criteria == null) {
                return;
            }
            if (rememberedCharacters > MAX_REMEMBERED_CHARACTERS) {
                found.clear();
                compiled.clear();
                rememberedCharacters = 0;
            }
            if (found.putIfAbsent(kind(criteria), criteria) == null) {
                foundMore = true;
                rememberedCharacters += criteria.length();
                compile(alarm.getTenantId(), criteria);
            }
        }
    }
}
