package io.tidewatch.system.drills;

import io.tidewatch.schema.CheckResult;

/** How results get into a deployment. One thread sends. */
interface Way extends AutoCloseable {
    /** Results of a check arrive in the order in which they were sent. Returns at once. */
    void send(CheckResult result);

    /**
     * Returns when all that was sent has been acknowledged.
     *
     * @throws java.util.concurrent.CompletionException when one was refused
     */
    void awaitAcknowledged();

    @Override
    void close();
}
