package io.tidewatch.gateway.timeseries;

/** Time series can't be read now, though perhaps soon. The message is for whoever asked, the cause for the log. */
public final class TimeSeriesUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String reason;

    /**
     * @param reason for the operator, who may know where Cassandra is
     */
    public TimeSeriesUnavailableException(String message, String reason) {
        super("Time series can't be read now: " + message, null, false, false);
        this.reason = reason;
    }

    /** What the log says of it. */
    public String reason() {
        return reason;
    }
}
