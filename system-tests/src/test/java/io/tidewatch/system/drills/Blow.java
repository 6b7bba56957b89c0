package io.tidewatch.system.drills;

import java.util.OptionalLong;

/**
 * What one disturbance did to one instance.
 *
 * @param atMs when, in milliseconds since the epoch
 * @param openTransaction whether a transaction of the instance was left open
 * @param inRestore whether the instance was restoring its stores
 * @param firstMs until a result sent afterwards had its transition readable; empty when none ever had
 * @param allMs the same, for each partition of results
 */
record Blow(
        Disturbance kind,
        String instance,
        long atMs,
        boolean openTransaction,
        boolean inRestore,
        OptionalLong firstMs,
        OptionalLong allMs) {
    Blow(Disturbance kind, String instance, long atMs, boolean openTransaction, boolean inRestore) {
        this(kind, instance, atMs, openTransaction, inRestore, OptionalLong.empty(), OptionalLong.empty());
    }

    boolean isKill() {
        return kind != Disturbance.JOIN && kind != Disturbance.LEAVE;
    }

    Blow measured(OptionalLong first, OptionalLong all) {
        return new Blow(kind, instance, atMs, openTransaction, inRestore, first, all);
    }
}
