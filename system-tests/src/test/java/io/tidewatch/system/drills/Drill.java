package io.tidewatch.system.drills;

import static org.awaitility.Awaitility.await;

import io.tidewatch.settings.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Lets two instances of the alarms application work under load, and disturbs them as a plan says. One thread. */
final class Drill implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int INSTANCES = 2;
    private static final int LONGEST_PAUSE_MS = 4_000;
    /** More of a partition's results than are underway while all is well. */
    private static final int BACKLOG = 200;

    private static final int TRIES = 6;

    /** Under load there is a transaction nearly all the time. */
    private static final Duration CAUGHT_WITHIN = Duration.ofMinutes(1);

    private final KafkaSettings kafka;
    private final Plan plan;
    private final DrillStory story;
    private final Path directory;
    private final Random chance;
    private final AlarmsGroup group;
    private final List<StreamsInstance> instances = new ArrayList<>();
    private final Deque<StreamsInstance> departed = new ArrayDeque<>();
    private final Set<String> deadMembers = new HashSet<>();
    private final List<Blow> blows = new ArrayList<>();
    private Map<Integer, String> readers = Map.of();
    private int handovers;
    private int made;

    /**
     * What a drill did, by its own account.
     *
     * @param handovers how often a partition was seen to have gone from one process to another
     */
    record Account(long results, Duration took, int handovers, List<Blow> blows) {}

    Drill(KafkaSettings kafka, Plan plan, DrillStory story, Path directory) {
        this.kafka = kafka;
        this.plan = plan;
        this.story = story;
        this.directory = directory;
        this.chance = new Random(plan.seed());
        this.group = new AlarmsGroup(kafka);
    }

    /** Returns when all that was sent has been processed, and no transaction is open. */
    Account run() {
        Configuration.of(story).publish(kafka);
        for (int i = 0; i < INSTANCES; i++) {
            join();
        }
        awaitEverythingRead();
        long begin = System.nanoTime();
        try (Arrivals arrivals = new Arrivals(kafka);
                SteadyLoad load = new SteadyLoad(kafka, story, plan.resultsPerSecond())) {
            await().atMost(PATIENCE).until(() -> arrivals.count() > 0);
            for (Disturbance disturbance : plan.disturbances()) {
                awaitSomeMoment(arrivals);
                noteHandovers();
                disturb(disturbance);
            }
            awaitRecovery(arrivals);
            noteHandovers();
            long results = load.end();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            awaitEverythingRead();
            await().atMost(PATIENCE).until(group::isAtRest);
            return new Account(results, took, handovers, measured(arrivals));
        }
    }

    @Override
    public void close() {
        instances.forEach(StreamsInstance::close);
        group.close();
    }

    private void awaitEverythingRead() {
        await().atMost(PATIENCE).until(() -> allReady() && group.lag() == 0);
    }

    private void awaitSomeMoment(Arrivals arrivals) {
        if (plan.recoveries() && chance.nextBoolean()) {
            awaitRecovery(arrivals);
        }
        Pause.of(Duration.ofMillis(chance.nextInt(LONGEST_PAUSE_MS)));
    }

    /** Until transitions come from everywhere again. */
    private void awaitRecovery(Arrivals arrivals) {
        long lastMs = blows.isEmpty() ? 0 : blows.get(blows.size() - 1).atMs();
        await().atMost(PATIENCE).until(() -> arrivals.allAfter(lastMs).isPresent());
    }

    private void disturb(Disturbance disturbance) {
        switch (disturbance) {
            case KILL, KILL_WITH_DIRECTORY -> killAndStart(disturbance, any());
            case KILL_IN_RESTORE -> repeatUntilHit(this::killInRestore, "a restore");
            case KILL_IN_CATCH_UP -> repeatUntilHit(this::killInCatchUp, "a transaction");
            case KILL_BOTH -> killAll();
            case JOIN -> {
                StreamsInstance joined = join();
                blows.add(new Blow(disturbance, joined.toString(), System.currentTimeMillis(), false, false));
            }
            case LEAVE -> leave();
        }
    }

    private void leave() {
        StreamsInstance leaving = anyAtWork();
        blows.add(new Blow(Disturbance.LEAVE, leaving.toString(), System.currentTimeMillis(), false, false));
        leaving.end(ENDS_WITHIN);
        instances.remove(leaving);
        departed.add(leaving);
    }

    private static void repeatUntilHit(BooleanSupplier attempt, String target) {
        for (int i = 0; i < TRIES; i++) {
            if (attempt.getAsBoolean()) {
                return;
            }
        }
        throw new IllegalStateException("No instance was met in the middle of " + target + ", in " + TRIES + " tries");
    }

    /**
     * What has piled up is processed in a burst, and fills transactions as nothing else does.
     *
     * @return whether a transaction was left open
     */
    private boolean killInCatchUp() {
        killAndStart(Disturbance.KILL_IN_CATCH_UP, any());
        AtomicLong most = new AtomicLong();
        await().atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> isLess(mostBehind().getValue(), most));
        return await("an instance with an open transaction")
                .atMost(CAUGHT_WITHIN)
                .pollInterval(LOOK_EVERY)
                .until(() -> frozen(this::hasOpenTransaction), Optional::isPresent)
                .map(victim ->
                        killAndStart(Disturbance.KILL_IN_CATCH_UP, victim).openTransaction())
                .orElseThrow();
    }

    /** One that is at something, stopped there. */
    private Optional<StreamsInstance> frozen(Predicate<StreamsInstance> atSomething) {
        for (StreamsInstance instance : instances) {
            instance.freeze();
            if (atSomething.test(instance)) {
                return Optional.of(instance);
            }
            instance.thaw();
        }
        return Optional.empty();
    }

    /** The partition with the most results that nobody has processed, and how many these are. */
    private Map.Entry<Integer, Long> mostBehind() {
        return group.resultsLag().entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow();
    }

    /** Whether a backlog that was growing has begun to shrink. */
    private static boolean isLess(long backlog, AtomicLong most) {
        return backlog < most.accumulateAndGet(backlog, Math::max) && most.get() > BACKLOG;
    }

    /** @return whether a restore was hit */
    private boolean killInRestore() {
        killAndStart(Disturbance.KILL_IN_RESTORE, any());
        AtomicReference<Optional<StreamsInstance>> caught = new AtomicReference<>(Optional.empty());
        await().atMost(PATIENCE).pollInterval(LOOK_EVERY).until(() -> {
            caught.set(frozen(this::isRestoring));
            return caught.get().isPresent() || allReady();
        });
        return caught.get()
                .map(victim -> killAndStart(Disturbance.KILL_IN_RESTORE, victim).inRestore())
                .orElse(false);
    }

    private Blow killAndStart(Disturbance kind, StreamsInstance victim) {
        boolean inRestore = isRestoring(victim);
        long atMs = System.currentTimeMillis();
        victim.kill();
        Blow blow = autopsy(kind, victim, atMs, inRestore && victim.isTakingOverWork());
        if (kind == Disturbance.KILL_WITH_DIRECTORY) {
            victim.loseState();
        }
        victim.start();
        return blow;
    }

    private void killAll() {
        long atMs = System.currentTimeMillis();
        instances.forEach(StreamsInstance::kill);
        instances.forEach(victim -> autopsy(Disturbance.KILL_BOTH, victim, atMs, false));
        instances.forEach(StreamsInstance::start);
    }

    /** What a dead instance was at, as far as the broker and its log tell. */
    private Blow autopsy(Disturbance kind, StreamsInstance victim, long atMs, boolean inRestore) {
        victim.processId().map(group::members).ifPresent(deadMembers::addAll);
        Blow blow = new Blow(kind, victim.toString(), atMs, hasOpenTransaction(victim), inRestore);
        blows.add(blow);
        return blow;
    }

    private void noteHandovers() {
        Map<Integer, String> now = group.readers();
        readers.forEach((partition, reader) -> {
            if (!now.getOrDefault(partition, reader).equals(reader)) {
                handovers++;
            }
        });
        readers = now.isEmpty() ? readers : now;
    }

    /** It takes over work, and has been given some: that lasts until its stores are restored. */
    private boolean isRestoring(StreamsInstance instance) {
        return instance.isTakingOverWork() && hasWork(instance);
    }

    private boolean hasOpenTransaction(StreamsInstance instance) {
        return instance.processId().map(group::hasOpenTransaction).orElse(false);
    }

    private boolean hasWork(StreamsInstance instance) {
        return instance.processId().map(id -> group.hasWorkFor(id, deadMembers)).orElse(false);
    }

    /** A new one, or one that has left and comes back with what it had. */
    private StreamsInstance join() {
        boolean comesBack = !departed.isEmpty() && chance.nextBoolean();
        StreamsInstance joining = comesBack
                ? departed.remove()
                : StreamsInstance.ofAlarms(
                        directory.resolve("instance-" + ++made), StreamsInstance.Jvm.SHORT_LIVED, kafka);
        joining.start();
        instances.add(joining);
        return joining;
    }

    private StreamsInstance any() {
        return instances.get(chance.nextInt(instances.size()));
    }

    /** One that is told to end while it starts would be no loss to the others. */
    private StreamsInstance anyAtWork() {
        await().atMost(PATIENCE).until(() -> instances.stream().anyMatch(this::hasWork));
        List<StreamsInstance> atWork = instances.stream().filter(this::hasWork).toList();
        return atWork.isEmpty() ? any() : atWork.get(chance.nextInt(atWork.size()));
    }

    private boolean allReady() {
        return instances.stream().allMatch(StreamsInstance::isReady);
    }

    private List<Blow> measured(Arrivals arrivals) {
        return blows.stream()
                .map(blow -> blow.measured(arrivals.firstAfter(blow.atMs()), arrivals.allAfter(blow.atMs())))
                .toList();
    }
}
