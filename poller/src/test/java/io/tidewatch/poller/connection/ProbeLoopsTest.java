package io.tidewatch.poller.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProbeLoopsTest {
    @Test
    void areDeadWhenOneOfThemHasEnded() {
        try (ProbeLoops loops = new ProbeLoops(2)) {
            assertThat(loops.deadBecause()).isEmpty();

            loops.next().shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();

            assertThat(loops.deadBecause()).hasValue("an event loop of the probes has ended");
        }
    }
}
