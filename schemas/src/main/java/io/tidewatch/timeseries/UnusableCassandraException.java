package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.DriverException;

/**
 * Cassandra, or what is in it, can't be used as it is. The message is one line for the operator: what is wrong, and what to
 * do. Trying again is safe, and worthwhile once that is done.
 */
public final class UnusableCassandraException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusableCassandraException(String message) {
        super(message);
    }

    private UnusableCassandraException(String message, DriverException cause) {
        super(message, cause);
    }

    /** Says what a failure of the driver means for these settings. */
    public static UnusableCassandraException because(CassandraSettings settings, DriverException failure) {
        return new UnusableCassandraException(new CassandraTrouble(settings).sentence(failure), failure);
    }

    /** A failed request in one line, with what to do if the failure came from the driver. */
    public static String line(CassandraSettings settings, Throwable failure) {
        return failure instanceof DriverException known
                ? new CassandraTrouble(settings).sentence(known)
                : failure.toString();
    }

    /** @param message what was refused, and what to do */
    static UnusableCassandraException refused(String message, DriverException cause) {
        return new UnusableCassandraException(message, cause);
    }
}
