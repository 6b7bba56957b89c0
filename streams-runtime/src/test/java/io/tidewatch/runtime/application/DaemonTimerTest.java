package io.tidewatch.runtime.application;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DaemonTimerTest {
    @Test
    void repeatsATaskWhateverItThrows() {
        AtomicInteger runs = new AtomicInteger();

        ScheduledExecutorService timer = DaemonTimer.repeating("test", Duration.ofMillis(1), () -> {
            if (runs.incrementAndGet() == 1) {
                throw new NoClassDefFoundError("a class that could not be read");
            }
            throw new IllegalStateException("again");
        });

        await().until(() -> runs.get() > 2);
        timer.shutdownNow();
    }
}
