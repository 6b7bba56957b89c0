package io.tidewatch.streams.alarm;

import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets checks wait for criteria that are being compiled, so that a stream thread never compiles.
 *
 * <p>A change that needs a criteria which is not compiled is held, and with it everything that comes for the same check
 * after it, in its order: results too. Once the criteria is there, all of it is processed as if it came only now. What an
 * alarm decides follows from the inputs of its check and their order, and from nothing else, so that the decisions, with their
 * times, are the same as if nobody had waited; and it does not matter how long that took, or whether the task was taken over
 * meanwhile. Other checks don't notice.
 *
 * <p>Confined to the stream task's thread.
 */
final class HeldChecks {
    private static final Logger LOG = LoggerFactory.getLogger(HeldChecks.class);

    /** How long one {@link #proceed} takes at most, unless a single input takes longer: others wait for the thread. */
    private static final long TURN_NANOS = Duration.ofMillis(20).toNanos();

    /** After this time an alarm says that it waits. Mostly it takes no time that anybody would notice. */
    private static final long LONG_NANOS = Duration.ofSeconds(5).toNanos();

    /**
     * The inputs that one check may hold. Source: compiling takes tens of milliseconds, and a tenant's criteria wait for
     * each other only; this is a quarter of an hour of a check with three zones and a period of three seconds.
     */
    static final int MAX_INPUTS = 1000;

    /** What all checks of a tenant may hold in one task. Source: it is restored within a second. */
    private static final long MAX_TENANT_BYTES = 64L * 1024 * 1024;

    private final HeldInputs inputs;
    private final Alarms alarms;
    private final Map<String, HeldCheck> checks = new HashMap<>();
    private final Deque<HeldCheck> turns = new ArrayDeque<>();

    /** The check of each alarm that a held input changes. */
    private final Map<String, String> checksByAlarm = new HashMap<>();

    private final Map<String, Long> bytesByTenant = new HashMap<>();

    /** Who processes inputs when their time has come. */
    interface Alarms {
        /** The shapes that an input needs to be processed. To be closed afterwards. */
        List<CriteriaShapes.Reservation> reserve(Input input);

        /** The check of an input; null for the deletion of an alarm that isn't there. */
        @Nullable
        String checkOf(Input input);

        void process(Input input);

        /** Tells others that an input has waited for long. */
        void sayWaiting(Input input);

        /** Puts an input aside that can't be processed. */
        void putAside(Input input, RuntimeException failure);

        void resume(RestoreAlarms.Postponed check);
    }

    /** A check that waits, with the numbers of the first of its inputs and of the one behind the last. */
    private static final class HeldCheck {
        private final String key;
        private long first;
        private long end;
        private boolean overflown;

        /** How large its inputs are, in their order. */
        private final Deque<Integer> sizesBytes = new ArrayDeque<>();

        /** The alarms that its inputs change. */
        private final Set<String> alarmKeys = new HashSet<>();

        private RestoreAlarms.@Nullable Postponed postponed;
        private @Nullable List<CriteriaShapes.Reservation> needed;
        private long waitsSinceNanos = System.nanoTime();
        private boolean saidSo;

        HeldCheck(String key) {
            this.key = key;
        }

        boolean isEmpty() {
            return first == end && postponed == null;
        }
    }

    /** @param postponed checks that could not be restored yet */
    HeldChecks(HeldInputs inputs, Alarms alarms, List<RestoreAlarms.Postponed> postponed) {
        this.inputs = inputs;
        this.alarms = alarms;
        inputs.forEach(this::restore);
        postponed.forEach(check -> hold(check.checkKey()).postponed = check);
    }

    /** Whether a check waits, so that nothing new is known of it. */
    boolean holds(String checkKey) {
        return checks.containsKey(checkKey);
    }

    /** Whether any check waits. */
    boolean holdsAny() {
        return !checks.isEmpty();
    }

    /** Processes an input now, or else as soon as the inputs before it have been. */
    void take(Input input) {
        HeldCheck held = checks.isEmpty() ? null : find(input);
        if (held != null) {
            append(held, input);
            return;
        }
        List<CriteriaShapes.Reservation> needed = alarms.reserve(input);
        if (areReady(needed)) {
            process(input, needed);
        } else {
            HeldCheck begun = hold(Objects.requireNonNull(alarms.checkOf(input)));
            begun.needed = needed;
            append(begun, input);
        }
    }

    /** Processes what doesn't have to wait any more, for a moment. Checks take turns. */
    void proceed() {
        long begin = System.nanoTime();
        int waiting = 0;
        while (waiting < turns.size() && System.nanoTime() - begin < TURN_NANOS) {
            HeldCheck held = turns.remove();
            waiting = proceed(held) ? 0 : waiting + 1;
            if (held.isEmpty()) {
                checks.remove(held.key);
                checksByAlarm.keySet().removeAll(held.alarmKeys);
            } else {
                turns.add(held);
            }
        }
    }

    /** Gives back what is reserved. */
    void close() {
        for (HeldCheck held : turns) {
            if (held.needed != null) {
                held.needed.forEach(CriteriaShapes.Reservation::close);
            }
            if (held.postponed != null) {
                held.postponed.needed().forEach(CriteriaShapes.Reservation::close);
            }
        }
    }

    /** Returns false when the check has to wait on. */
    private boolean proceed(HeldCheck held) {
        RestoreAlarms.Postponed postponed = held.postponed;
        if (postponed != null) {
            if (!held.overflown && !areReady(postponed.needed())) {
                return false;
            }
            alarms.resume(postponed);
            held.postponed = null;
            return true;
        }
        Input next = null;
        if (held.needed == null) {
            next = inputs.get(held.key, held.first);
            held.needed = alarms.reserve(next);
        }
        if (!held.overflown && !areReady(held.needed)) {
            sayWaiting(held);
            return false;
        }
        held.waitsSinceNanos = System.nanoTime();
        held.saidSo = false;
        processHeld(next == null ? inputs.get(held.key, held.first) : next, held.needed);
        held.needed = null;
        inputs.delete(held.key, held.first);
        held.first++;
        int sizeBytes = held.sizesBytes.remove();
        bytesByTenant.computeIfPresent(
                tenant(held.key), (tenant, bytes) -> bytes == sizeBytes ? null : (Long) (bytes - sizeBytes));
        return true;
    }

    private void sayWaiting(HeldCheck held) {
        if (!held.saidSo && System.nanoTime() - held.waitsSinceNanos > LONG_NANOS) {
            held.saidSo = true;
            alarms.sayWaiting(inputs.get(held.key, held.first));
        }
    }

    /** What fails here would fail again after each restart: nobody else could put it aside. */
    private void processHeld(Input input, List<CriteriaShapes.Reservation> needed) {
        try {
            process(input, needed);
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(
                    "An input that waited for criteria can't be processed topic={} offset={}",
                    input.topic(),
                    input.offset(),
                    e);
            alarms.putAside(input, e);
        }
    }

    private void process(Input input, List<CriteriaShapes.Reservation> needed) {
        try {
            alarms.process(input);
        } finally {
            needed.forEach(CriteriaShapes.Reservation::close);
        }
    }

    private void append(HeldCheck held, Input input) {
        int sizeBytes = inputs.put(held.key, held.end, input);
        count(held, input.topic(), input.key(), sizeBytes);
    }

    private void count(HeldCheck held, Topic topic, String key, int sizeBytes) {
        held.end++;
        held.sizesBytes.add(sizeBytes);
        if (topic == Topic.ALARMS) {
            held.alarmKeys.add(key);
            checksByAlarm.put(key, held.key);
        }
        long tenantBytes = bytesByTenant.merge(tenant(held.key), (long) sizeBytes, Long::sum);
        boolean tooMuch = held.end - held.first > MAX_INPUTS || tenantBytes > MAX_TENANT_BYTES;
        if (tooMuch && !held.overflown) {
            held.overflown = true;
            LOG.warn("A check has waited too long for criteria and goes on without them check={}", held.key);
        }
    }

    private void restore(HeldInputs.Found found) {
        HeldCheck held = checks.get(found.checkKey());
        if (held == null) {
            held = hold(found.checkKey());
            held.first = found.number();
            held.end = found.number();
        }
        count(held, found.topic(), found.key(), found.sizeBytes());
    }

    private HeldCheck hold(String checkKey) {
        return checks.computeIfAbsent(checkKey, key -> {
            HeldCheck held = new HeldCheck(key);
            turns.add(held);
            return held;
        });
    }

    private @Nullable HeldCheck find(Input input) {
        String checkKey = input.topic() == Topic.ALARMS ? checksByAlarm.get(input.key()) : input.key();
        if (checkKey == null) {
            checkKey = alarms.checkOf(input);
        }
        return checkKey == null ? null : checks.get(checkKey);
    }

    private static boolean areReady(List<CriteriaShapes.Reservation> needed) {
        for (CriteriaShapes.Reservation each : needed) {
            if (!each.isReady()) {
                return false;
            }
        }
        return true;
    }

    /** The tenant of a key of a check or an alarm. */
    static String tenant(String key) {
        int end = key.indexOf('/');
        return end < 0 ? key : key.substring(0, end);
    }
}
