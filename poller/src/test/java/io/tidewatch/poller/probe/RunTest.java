package io.tidewatch.poller.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.poller.connection.ProbeLoops;
import io.tidewatch.schema.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunTest {
    private final ProbeLoops loops = new ProbeLoops(1);
    private final ExecutorService elsewhere = Executors.newFixedThreadPool(1);

    @AfterEach
    void stop() {
        elsewhere.shutdownNow();
        loops.close();
    }

    @Test
    void anErrorElsewhereEndsTheRunAndNotTheWorkOfOthers() throws Exception {
        Outcome broken = run(run -> run.finishWith(elsewhere, () -> {
            throw new NoClassDefFoundError("a bug");
        }));
        Outcome next = run(run -> run.finishWith(elsewhere, () -> new Outcome.Available("fine", Map.of())));

        assertThat(broken).isEqualTo(Outcome.failed(FailureKind.INTERNAL_ERROR, "the poller failed"));
        assertThat(next.status()).isEqualTo("fine");
    }

    private Outcome run(Probe probe) throws Exception {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Run.start(probe, loops.next(), Duration.ofMinutes(1), outcome::complete);
        return outcome.get(20, TimeUnit.SECONDS);
    }
}
