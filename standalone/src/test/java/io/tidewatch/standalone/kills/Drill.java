package io.tidewatch.standalone.kills;

import static org.awaitility.Awaitility.await;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Lets two instances of the alarms application work under load, and disturbs them as a plan says. One thread. */
final class Drill implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final int INSTANCES = 2;
    private static final int TRIES = 6;
    private static final List<Integer> PARTITIONS =
            IntStream.range(0, Topic.DEFAULT_PARTITIONS).boxed().toList();

    private final KafkaSettings kafka;
    private final Plan plan;
    private final Story story;
    private final Path directory;
    private final Random chance;
    private final AlarmsGroup group;
    private final List<StreamsInstance> instances = new ArrayList<>();
    private final Deque<StreamsInstance> departed = new ArrayDeque<>();
    private final Set<String> deadMembers = new HashSet<>();
    private final List<Blow> blows = new ArrayList<>();
    private int made;

    /** What a drill did, by its own account. */
    record Account(long results, Duration took, List<Blow> blows) {}

    Drill(KafkaSettings kafka, Plan plan, Story story, Path directory) {
        this.kafka = kafka;
        this.plan = plan;
        this.story = story;
        this.directory = directory;
        this.chance = new Random(plan.seed());
        this.group = new AlarmsGroup(kafka);
    }

    /** Returns when all that was sent has been processed, and no transaction is open. */
    Account run() {
        new Configuration(story).publish(kafka);
        for (int i = 0; i < INSTANCES; i++) {
            join();
        }
        awaitEverythingRead();
        long begin = System.nanoTime();
        try (Arrivals arrivals = new Arrivals(kafka);
                SteadyLoad load = new SteadyLoad(kafka, story, plan.resultsPerSecond())) {
            await().atMost(PATIENCE).until(() -> arrivals.count() > 0);
            for (Disturbance disturbance : plan.disturbances()) {
                awaitSomeMoment();
                disturb(disturbance);
            }
            long lastMs = blows.get(blows.size() - 1).atMs();
            await().atMost(PATIENCE)
                    .until(() -> arrivals.allAfter(lastMs, PARTITIONS).isPresent());
            long results = load.end();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            awaitEverythingRead();
            await().atMost(PATIENCE).until(group::isAtRest);
            return new Account(results, took, measured(arrivals));
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

    /** In one of two cases a moment while all are at work; otherwise a moment as it comes, also amid the last recovery. */
    private void awaitSomeMoment() {
        if (chance.nextBoolean()) {
            await().atMost(PATIENCE).until(this::allReady);
        }
        long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(chance.nextInt(4_000));
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void disturb(Disturbance disturbance) {
        switch (disturbance) {
            case KILL -> {
                StreamsInstance victim = any();
                kill(disturbance, List.of(victim));
                victim.start();
            }
            case KILL_WITH_DIRECTORY -> {
                StreamsInstance victim = any();
                kill(disturbance, List.of(victim));
                victim.loseState();
                victim.start();
            }
            case KILL_IN_RESTORE -> killInRestore();
            case KILL_BOTH -> {
                kill(disturbance, instances);
                instances.forEach(StreamsInstance::start);
            }
            case JOIN -> {
                StreamsInstance joined = join();
                blows.add(new Blow(disturbance, joined.toString(), System.currentTimeMillis(), false, false));
            }
            case LEAVE -> {
                StreamsInstance leaving = any();
                blows.add(new Blow(disturbance, leaving.toString(), System.currentTimeMillis(), false, false));
                leaving.end(ENDS_WITHIN);
                instances.remove(leaving);
                departed.add(leaving);
            }
        }
    }

    private void killInRestore() {
        for (int i = 0; i < TRIES; i++) {
            StreamsInstance first = any();
            kill(Disturbance.KILL_IN_RESTORE, List.of(first));
            first.start();
            await().atMost(PATIENCE)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> restoring().isPresent() || allReady());
            Optional<StreamsInstance> restoring = restoring();
            if (restoring.isPresent()) {
                boolean hit = kill(Disturbance.KILL_IN_RESTORE, List.of(restoring.get()));
                restoring.get().start();
                if (hit) {
                    return;
                }
            }
        }
        throw new IllegalStateException("No instance was met in the middle of a restore, in " + TRIES + " tries");
    }

    /** @return whether the first of them was restoring its stores */
    private boolean kill(Disturbance kind, List<StreamsInstance> victims) {
        List<Boolean> hadWork = victims.stream().map(this::hasWork).toList();
        long atMs = System.currentTimeMillis();
        victims.forEach(StreamsInstance::kill);
        for (int i = 0; i < victims.size(); i++) {
            StreamsInstance victim = victims.get(i);
            boolean open = victim.processId().map(group::hasOpenTransaction).orElse(false);
            boolean inRestore = hadWork.get(i) && victim.wasTakingOverWork();
            victim.processId().map(group::members).ifPresent(deadMembers::addAll);
            blows.add(new Blow(kind, victim.toString(), atMs, open, inRestore));
        }
        return hadWork.get(0) && victims.get(0).wasTakingOverWork();
    }

    private Optional<StreamsInstance> restoring() {
        return instances.stream()
                .filter(instance -> instance.saysThatItIsNotReady() && hasWork(instance))
                .findAny();
    }

    private boolean hasWork(StreamsInstance instance) {
        return instance.processId().map(id -> group.hasWorkFor(id, deadMembers)).orElse(false);
    }

    /** A new one, or one that has left and comes back with what it had. */
    private StreamsInstance join() {
        boolean comesBack = !departed.isEmpty() && chance.nextBoolean();
        StreamsInstance joining =
                comesBack ? departed.remove() : new StreamsInstance(directory.resolve("instance-" + ++made), kafka);
        joining.start();
        instances.add(joining);
        return joining;
    }

    private StreamsInstance any() {
        return instances.get(chance.nextInt(instances.size()));
    }

    private boolean allReady() {
        return instances.stream().allMatch(StreamsInstance::isReady);
    }

    private List<Blow> measured(Arrivals arrivals) {
        return blows.stream()
                .map(blow ->
                        blow.measured(arrivals.firstAfter(blow.atMs()), arrivals.allAfter(blow.atMs(), PARTITIONS)))
                .toList();
    }
}
