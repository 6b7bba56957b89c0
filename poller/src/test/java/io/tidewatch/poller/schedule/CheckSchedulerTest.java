package io.tidewatch.poller.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.poller.connection.ProbeLoops;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.results.Collector;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.topics.CheckPath;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckSchedulerTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Probe ANSWERS = run -> run.finish(new Outcome.Available("fine", Map.of()));
    private static final Probe HANGS = run -> {};

    private final List<CheckResult> results = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ProbeLoops loops = new ProbeLoops(1);
    private final CheckScheduler scheduler = new CheckScheduler(
            new Collector("mzdfw", "poller-1"),
            2,
            loops,
            results::add,
            new ScheduleMetrics(metrics),
            Clock.systemUTC());

    @AfterEach
    void stop() {
        scheduler.close();
        loops.close();
    }

    @Test
    void isDeadWhenItCanStartNoRunAnyMore() {
        loops.close();
        scheduler.put(check("ch1", Duration.ofMillis(200), ANSWERS));

        scheduler.start();

        await().atMost(DEADLINE).until(() -> scheduler.deadBecause().isPresent());
        assertThat(scheduler.deadBecause().orElseThrow()).startsWith("scheduling broke: ");
    }

    @Test
    void handsOverAResultForEachSlot() {
        scheduler.put(check("ch1", Duration.ofMillis(200), ANSWERS));

        scheduler.start();

        await().atMost(DEADLINE).until(() -> results.size() >= 3);
        CheckResult result = results.get(0);
        assertThat(result.getTenantId()).isEqualTo("t");
        assertThat(result.getEntityId()).isEqualTo("en1");
        assertThat(result.getCheckId()).isEqualTo("ch1");
        assertThat(result.getCheckType()).isEqualTo("remote.tcp");
        assertThat(result.getZoneId()).isEqualTo("mzdfw");
        assertThat(result.getCollectorId()).isEqualTo("poller-1");
        assertThat(result.getAvailable()).isTrue();
        assertThat(result.getStatus()).isEqualTo("fine");
        assertThat(result.getFailure()).isNull();
        assertThat(result.getReceivedAt()).isNull();
        assertThat(results.stream().map(CheckResult::getResultId)).doesNotHaveDuplicates();
        assertThat(metrics.counter("tidewatch.poller.runs", "type", "remote.tcp", "outcome", "available")
                        .count())
                .isGreaterThanOrEqualTo(3);
    }

    @Test
    void skipsASlotWhileTheLastRunIsGoing() {
        AtomicInteger begun = new AtomicInteger();
        scheduler.put(check("ch1", Duration.ofMillis(100), run -> begun.incrementAndGet()));

        scheduler.start();

        await().atMost(DEADLINE)
                .until(() -> metrics.counter("tidewatch.poller.runs.skipped").count() >= 2);
        assertThat(begun).hasValue(1);
        assertThat(results).isEmpty();
    }

    @Test
    void doesNotBeginARunBeyondTheLimitAndSaysSo() {
        scheduler.put(check("ch1", Duration.ofMillis(100), HANGS));
        scheduler.put(check("ch2", Duration.ofMillis(100), HANGS));
        scheduler.start();
        await().atMost(DEADLINE)
                .until(() ->
                        metrics.get("tidewatch.poller.runs.in.flight").gauge().value() == 2);

        scheduler.put(check("ch3", Duration.ofMillis(100), ANSWERS));

        await().atMost(DEADLINE).until(() -> !results.isEmpty());
        assertThat(results).allSatisfy(result -> {
            assertThat(result.getCheckId()).isEqualTo("ch3");
            assertThat(result.getAvailable()).isFalse();
            assertThat(result.getFailure()).isEqualTo(FailureKind.OVERLOADED);
        });
    }

    @Test
    void endsARunThatTakesTooLong() {
        ScheduledCheck check =
                new ScheduledCheck(path("ch1"), "remote.tcp", Duration.ofMillis(500), Duration.ofMillis(50), HANGS);
        scheduler.put(check);

        scheduler.start();

        await().atMost(DEADLINE).until(() -> !results.isEmpty());
        assertThat(results.get(0).getFailure()).isEqualTo(FailureKind.DNS_TIMEOUT);
        assertThat(results.get(0).getStatus()).isEqualTo("timed out after 0.050s resolving the name");
    }

    @Test
    void reportsAProbeThatBreaks() {
        scheduler.put(check("ch1", Duration.ofMillis(100), run -> {
            throw new IllegalStateException("a bug");
        }));

        scheduler.start();

        await().atMost(DEADLINE).until(() -> results.size() >= 2);
        assertThat(results.get(0).getFailure()).isEqualTo(FailureKind.INTERNAL_ERROR);
        assertThat(scheduler.deadBecause()).isEmpty();
    }

    @Test
    void runsWhatACheckWasReplacedWithAndNothingAfterItsRemoval() {
        scheduler.put(check("ch1", Duration.ofMillis(100), ANSWERS));
        scheduler.start();
        await().atMost(DEADLINE).until(() -> !results.isEmpty());

        scheduler.put(check("ch1", Duration.ofMillis(100), run -> run.finish(Outcome.notRun("replaced"))));

        await().atMost(DEADLINE)
                .until(() -> results.get(results.size() - 1).getStatus().equals("not run: replaced"));
        scheduler.remove(path("ch1"));
        assertThat(scheduler.scheduled()).isZero();
    }

    private static ScheduledCheck check(String id, Duration period, Probe probe) {
        return new ScheduledCheck(path(id), "remote.tcp", period, Duration.ofMinutes(1), probe);
    }

    private static CheckPath path(String id) {
        return new CheckPath("t", "en1", id);
    }
}
