package io.tidewatch.standalone.local;

import java.util.Optional;

/** Several things that run together in this process and its children. */
public interface LocalDeployment extends AutoCloseable {
    /**
     * Returns when all of it does its work.
     *
     * @throws RuntimeException with a message for people when it can't
     */
    void start();

    /** Why it no longer does its work; empty while it does. Asked again and again after {@link #start}. */
    Optional<String> fault();

    /** Ends everything in order, also when it is still starting. A second call does nothing. */
    @Override
    void close();
}
