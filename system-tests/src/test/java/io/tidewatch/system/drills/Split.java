package io.tidewatch.system.drills;

import io.tidewatch.schema.CheckResult;

/** Sends the results of one check in ten one way, and the others another way. */
record Split(Way tenth, Way others) implements Way {
    @Override
    public void send(CheckResult result) {
        boolean isTenth = Math.floorMod(result.getCheckId().hashCode(), 10) == 0;
        (isTenth ? tenth : others).send(result);
    }

    @Override
    public void awaitAcknowledged() {
        tenth.awaitAcknowledged();
        others.awaitAcknowledged();
    }

    @Override
    public void close() {
        tenth.close();
        others.close();
    }
}
