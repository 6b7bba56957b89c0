package io.tidewatch.notifier.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * The messages of one channel that don't go out by themselves: each waits in its group until it may go, alone or together with
 * the others. A group has one digest on its way at most; what comes meanwhile waits for the next. Nothing is dropped because of
 * a rate.
 *
 * <p>How many messages a group has sent is forgotten at a restart, so that a few more than allowed may go out then. Confined to
 * one thread.
 */
public final class Gathering {
    /** A larger group becomes several digests. */
    static final int MOST_MEMBERS = 10_000;

    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Digest> digests = new HashMap<>();
    private final Map<String, String> digestsByMember = new HashMap<>();

    private record Digest(String groupKey, Set<String> members) {}

    /** Those who wait in a group, and what it may still send. */
    private static final class Group {
        private final Grouping grouping;
        private final Set<String> waiting = new LinkedHashSet<>();
        private Instant ready = Instant.MAX;
        private Instant counted;
        private int allowance;

        Group(Grouping grouping, Instant now) {
            this.grouping = grouping;
            this.allowance = grouping.burst();
            this.counted = now;
        }

        void refill(Instant now) {
            Duration interval = grouping.interval();
            if (interval.isZero()) {
                allowance = grouping.burst();
                return;
            }
            long earned = Duration.between(counted, now).dividedBy(interval);
            if (earned > 0) {
                allowance = (int) Math.min(grouping.burst(), allowance + earned);
                counted = counted.plus(interval.multipliedBy(earned));
            }
        }

        void spend(Instant now) {
            if (allowance == grouping.burst()) {
                counted = now;
            }
            allowance--;
        }

        boolean isIdle() {
            return waiting.isEmpty() && allowance == grouping.burst();
        }

        List<String> take(int most) {
            List<String> taken = waiting.stream().limit(most).toList();
            taken.forEach(this::remove);
            return taken;
        }

        boolean remove(String deliveryId) {
            boolean waited = waiting.remove(deliveryId);
            if (waiting.isEmpty()) {
                ready = Instant.MAX;
            }
            return waited;
        }
    }

    /**
     * Whether a message may go out at once and alone. If so, that counts.
     *
     * @param wait of this message, which may be shorter than that of its group
     */
    public boolean admits(Grouping grouping, Duration wait, Instant now) {
        Group group = group(grouping, now);
        group.refill(now);
        boolean free = !grouping.whole()
                && wait.isZero()
                && group.waiting.isEmpty()
                && group.allowance > 0
                && !hasDigest(grouping.key());
        if (free) {
            group.spend(now);
        }
        return free;
    }

    /**
     * Adds a message that waits.
     *
     * @param wait of this message; with the shortest of all, all of the group go
     */
    public void add(String deliveryId, Grouping grouping, Duration wait, Instant since, Instant now) {
        Group group = group(grouping, now);
        group.waiting.add(deliveryId);
        Instant ready = since.plus(wait);
        if (ready.isBefore(group.ready)) {
            group.ready = ready;
        }
    }

    /** A member of a digest from before a restart. */
    public void restore(String deliveryId, Grouping grouping, String digestId) {
        digests.computeIfAbsent(digestId, id -> new Digest(grouping.key(), new LinkedHashSet<>()))
                .members()
                .add(deliveryId);
        digestsByMember.put(deliveryId, digestId);
    }

    /**
     * A message that waits is not wanted any more.
     *
     * @return whether it waited
     */
    public boolean remove(String deliveryId) {
        return groups.values().stream().anyMatch(group -> group.remove(deliveryId));
    }

    /**
     * What may go out now; it does not wait any more afterwards.
     *
     * @param sizes how many messages a group needs to be whole, by its key
     * @return each element a message that goes alone, or several that go as one
     */
    public List<List<String>> due(ToIntFunction<String> sizes, Instant now) {
        List<List<String>> due = new ArrayList<>();
        for (Group group : groups.values()) {
            group.refill(now);
            String key = group.grouping.key();
            if (group.waiting.isEmpty() || hasDigest(key) || group.allowance == 0 || group.ready.isAfter(now)) {
                continue;
            }
            if (group.grouping.whole()) {
                if (group.waiting.size() >= sizes.applyAsInt(key)) {
                    due.add(group.take(MOST_MEMBERS));
                }
            } else if (group.waiting.size() <= group.allowance) {
                for (String alone : group.take(MOST_MEMBERS)) {
                    group.spend(now);
                    due.add(List.of(alone));
                }
            } else {
                group.spend(now);
                due.add(group.take(MOST_MEMBERS));
            }
        }
        groups.values().removeIf(Group::isIdle);
        return due;
    }

    /** From now on, the messages go out as one, under this id. */
    public void merge(String digestId, Grouping grouping, List<String> members) {
        digests.put(digestId, new Digest(grouping.key(), new LinkedHashSet<>(members)));
        members.forEach(member -> digestsByMember.put(member, digestId));
    }

    /** The digest that a message is in. */
    public Optional<String> digestOf(String deliveryId) {
        return Optional.ofNullable(digestsByMember.get(deliveryId));
    }

    /** The messages of a digest, in their order; none when there is no such digest. */
    public List<String> members(String digestId) {
        Digest digest = digests.get(digestId);
        return digest == null ? List.of() : List.copyOf(digest.members());
    }

    /** A digest has come to its end. Its members are forgotten. */
    public void dissolve(String digestId) {
        members(digestId).forEach(digestsByMember::remove);
        digests.remove(digestId);
    }

    /** Whether nothing waits, and nothing counts any more. */
    public boolean isIdle() {
        return groups.isEmpty() && digests.isEmpty();
    }

    private boolean hasDigest(String groupKey) {
        return digests.values().stream().anyMatch(digest -> digest.groupKey().equals(groupKey));
    }

    private Group group(Grouping grouping, Instant now) {
        return groups.computeIfAbsent(grouping.key(), key -> new Group(grouping, now));
    }
}
