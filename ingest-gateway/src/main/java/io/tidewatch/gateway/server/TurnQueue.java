package io.tidewatch.gateway.server;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is, for requests of one kind. Who asks for a tenant from one address has a few at a time, and all together some more;
 * whoever has no turn yet waits in a line of that tenant and address. The next turn goes to a line of the address that has the fewest,
 * and among those to the one that had none for longest: neither a long line nor many lines of one address delay others. Thread-safe.
 */
final class TurnQueue {
    /**
     * How many requests there may be, and how much memory for those that are handled.
     *
     * @param weight of all that are handled together; one that weighs more goes when it is alone
     */
    record Limits(int atOnce, int atOncePerLine, int waitingPerLine, long weight) {}

    /** Who asks. */
    record Owner(String tenantId, String address) {}

    /** How an arrival went. */
    enum Arrival {
        /** It is handled at once, by whoever brought it. */
        BEGUN,
        /** It waits, and is begun by another one's end. */
        WAITS,
        /** It can't even wait. */
        FULL
    }

    /**
     * A request.
     *
     * @param weight the memory that handling it takes
     * @param begin what to do when its turn has come, in whichever thread ends another; must not block
     */
    record Waiting(Owner owner, long weight, Runnable begin) {}

    /** An owner's requests, of which there is at least one. */
    private static final class Line {
        private final Deque<Waiting> waiting = new ArrayDeque<>();
        private int handled;
    }

    private final Limits limits;

    /** Whose turn is longest ago comes first. */
    private final Map<Owner, Line> lines = new LinkedHashMap<>();

    private final Map<String, Integer> handledByAddress = new HashMap<>();
    private int handled;
    private long weight;

    TurnQueue(Limits limits) {
        this.limits = limits;
    }

    synchronized Arrival arrive(Waiting request) {
        Line line = lines.computeIfAbsent(request.owner(), unused -> new Line());
        if (line.waiting.isEmpty() && mayBegin(line, request)) {
            begin(line, request);
            return Arrival.BEGUN;
        } else if (line.waiting.size() < limits.waitingPerLine()) {
            line.waiting.add(request);
            return Arrival.WAITS;
        }
        return Arrival.FULL;
    }

    /** A request that has begun is done with. */
    void leave(Waiting request) {
        List<Waiting> begun = new ArrayList<>();
        synchronized (this) {
            end(request);
            Waiting next = next();
            while (next != null) {
                begun.add(next);
                next = next();
            }
        }
        begun.forEach(one -> one.begin().run());
    }

    /** A request that waits does so no longer; false when its turn has come already. */
    synchronized boolean giveUp(Waiting request) {
        Line line = lines.get(request.owner());
        if (line == null || !line.waiting.remove(request)) {
            return false;
        }
        forgetIfEmpty(request.owner(), line);
        return true;
    }

    /** Begins the request whose turn it is; null when there is none, or no room. */
    private @Nullable Waiting next() {
        Owner next = null;
        for (Map.Entry<Owner, Line> entry : lines.entrySet()) {
            Waiting first = entry.getValue().waiting.peek();
            boolean isFewer = next == null || handledOf(entry.getKey()) < handledOf(next);
            if (first != null && isFewer && mayBegin(entry.getValue(), first)) {
                next = entry.getKey();
            }
        }
        if (next == null) {
            return null;
        }
        Line line = lines.remove(next);
        lines.put(next, line);
        Waiting request = line.waiting.remove();
        begin(line, request);
        return request;
    }

    private int handledOf(Owner owner) {
        return handledByAddress.getOrDefault(owner.address(), 0);
    }

    private boolean mayBegin(Line line, Waiting request) {
        return handled < limits.atOnce()
                && line.handled < limits.atOncePerLine()
                && (weight == 0 || weight + request.weight() <= limits.weight());
    }

    private void begin(Line line, Waiting request) {
        handled++;
        line.handled++;
        weight += request.weight();
        handledByAddress.merge(request.owner().address(), 1, Integer::sum);
    }

    private void end(Waiting request) {
        handled--;
        weight -= request.weight();
        handledByAddress.computeIfPresent(request.owner().address(), (unused, count) -> count > 1 ? count - 1 : null);
        Line line = lines.get(request.owner());
        if (line != null) {
            line.handled--;
            forgetIfEmpty(request.owner(), line);
        }
    }

    private void forgetIfEmpty(Owner owner, Line line) {
        if (line.handled == 0 && line.waiting.isEmpty()) {
            lines.remove(owner);
        }
    }
}
