package io.tidewatch.gateway.server;

import java.util.List;
import java.util.Set;

/**
 * Kinds of requests by what they may have to wait for. Each kind has threads of its own, so that one which waits for Kafka or
 * Cassandra leaves the others theirs.
 */
enum TurnKind {
    /** Results, which wait for Kafka side by side. */
    RESULTS,
    /** Changes of the configuration, which a tenant has one of at a time; further ones are prepared meanwhile. */
    CHANGES,
    /** Tests of what is configured, which wait for an answer from elsewhere for many seconds. */
    TESTS,
    /** What Cassandra is asked for, also with a body: what would a silence have hit? */
    HISTORY,
    /** What is in memory. */
    READS;

    /** All kinds together are below the 250 threads of the HTTP server, which needs some itself. Source: Javalin's default. */
    private static final int MAX_THREADS = 64;

    private static final int CHANGES_AT_ONCE = 8;

    private static final int TESTS_AT_ONCE = 4;
    private static final int TESTS_WAITING = 16;

    /** Further ones hear at once that they are too many. */
    private static final int WAITING = 512;

    private static final Set<String> HISTORY_COLLECTIONS = Set.of("views", "changelogs", "suppression_logs");
    private static final String PREVIEW = "preview";
    private static final int TENANT = 2;
    private static final int COLLECTION = 3;

    static TurnKind of(String method, List<String> path) {
        boolean reads = method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
        String collection = path.size() > COLLECTION ? path.get(COLLECTION) : "";
        if (collection.equals("silences") && path.get(path.size() - 1).equals(PREVIEW)) {
            return HISTORY;
        }
        if (!reads) {
            return isTest(collection, path) ? TESTS : collection.equals("results") ? RESULTS : CHANGES;
        }
        return HISTORY_COLLECTIONS.contains(collection)
                        || path.contains("metrics")
                        || path.contains("notification_history")
                ? HISTORY
                : READS;
    }

    private static boolean isTest(String collection, List<String> path) {
        boolean ofNotification = collection.equals("notifications") && path.size() > COLLECTION + 2;
        return collection.startsWith("test-")
                || (ofNotification && path.get(path.size() - 1).equals("test"));
    }

    /** The tenant that a path, split at its slashes, is of; empty for one that is of none. */
    static String tenant(List<String> path) {
        return path.size() > TENANT ? path.get(TENANT) : "";
    }

    TurnQueue.Limits limits(DoorBounds bounds) {
        return switch (this) {
            case RESULTS -> new TurnQueue.Limits(MAX_THREADS, MAX_THREADS / 2, WAITING, bounds.treeBytes() / 2);
            case CHANGES -> new TurnQueue.Limits(MAX_THREADS / 2, CHANGES_AT_ONCE, WAITING, bounds.treeBytes() / 4);
            case TESTS -> new TurnQueue.Limits(MAX_THREADS / 2, TESTS_AT_ONCE, TESTS_WAITING, bounds.treeBytes() / 8);
            case HISTORY ->
                new TurnQueue.Limits(
                        bounds.readersAtOnce(), bounds.readersAtOnce() / 2, WAITING, bounds.treeBytes() / 8);
            // They wait for nothing: more of them at a time are not done earlier.
            case READS -> new TurnQueue.Limits(2 * bounds.processors(), bounds.processors(), WAITING, Long.MAX_VALUE);
        };
    }
}
