package io.tidewatch.runtime.application;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces a stream thread that died, after a pause that doubles as long as threads keep dying. What a thread had not
 * committed is read again by the next, so that trouble that passes loses nothing and trouble that stays is seen in the
 * metrics. Called on the dying thread, which is what the pause holds up.
 */
final class ReplaceFailedThreads implements StreamsUncaughtExceptionHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReplaceFailedThreads.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

    private final String application;
    private final Counter failures;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Duration pause = FIRST_PAUSE;
    private Instant lastFailure = Instant.MIN;

    ReplaceFailedThreads(String application, MeterRegistry meters, Clock clock) {
        this.application = application;
        this.failures = meters.counter("tidewatch.stream.thread.failures", "application", application);
        this.clock = clock;
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        Duration wait = nextPause();
        failures.increment();
        LOG.error(
                "Stream thread died and is replaced application={} pauseMs={}", application, wait.toMillis(), failure);
        try {
            boolean unused = closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Ends all pauses. */
    @Override
    public void close() {
        closing.countDown();
    }

    private synchronized Duration nextPause() {
        Instant now = clock.instant();
        boolean recovered = lastFailure.isBefore(now.minus(FORGOTTEN_AFTER));
        Duration current = recovered ? FIRST_PAUSE : pause;
        lastFailure = now;
        Duration doubled = current.multipliedBy(2);
        pause = doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
        return current;
    }
}
