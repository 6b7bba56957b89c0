package io.tidewatch.system.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.system.fuzz.calm.Judge;
import io.tidewatch.system.fuzz.calm.Judgement;
import io.tidewatch.system.fuzz.calm.Pulse;
import io.tidewatch.system.fuzz.wire.Wire;
import io.tidewatch.system.installation.PartProcess;
import io.tidewatch.system.installation.PartsInstallation;
import io.tidewatch.system.servers.SharedServers;
import io.tidewatch.topics.Topic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever one tenant sends to the API and to the topic of results, another's requests are answered and its transitions come,
 * once and in time, and no record vanishes. {@code ./mvnw -Pdrills verify -Dgroups=fuzz} sends a hundred thousand requests and
 * records, and nothing else; with {@code -Ddrills.size=short}, as before each merge, two and a half thousand.
 */
@Tag("fuzz")
final class FuzzIT {
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration PULSE_TIMEOUT = Duration.ofMinutes(2);
    private static final int PULSES_BEFORE = 6;

    /** The first pulses wait for what is compiled and connected at the first time. */
    private static final int PULSES_TO_WARM_UP = 3;

    private static final String CALM = "calm";
    private static final String STORM = "storm";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void whatOneTenantSendsDisturbsNoOther() throws Exception {
        FuzzPlan plan = FuzzPlan.fromProperties();
        Findings findings = new Findings(plan);
        FuzzReport report = new FuzzReport(plan);
        try (DataDirectory data = DataDirectory.open(directory.resolve("servers"));
                EmbeddedServers servers = new EmbeddedServers(data, ServerPorts.free())) {
            servers.start(server -> {});
            KafkaSettings kafka = SharedServers.freshTopics(servers);
            try (PartsInstallation installation = new PartsInstallation(kafka, servers, directory)) {
                await().atMost(READY_TIMEOUT)
                        .until(() -> installation.parts().stream().allMatch(PartProcess::isReady));
                attack(installation, plan, findings, report);
            }
        }
        assertThat(findings.isEmpty())
                .as("found, seed %d:\n%s", plan.seed(), findings)
                .isTrue();
    }

    private static void attack(PartsInstallation installation, FuzzPlan plan, Findings findings, FuzzReport report)
            throws Exception {
        Parts parts = new Parts(installation);
        try (Judge judge = new Judge(installation, CALM, wire(installation, "127.0.0.3"));
                RecordSender records = new RecordSender(installation.kafka(), findings);
                CqlSession cassandra = installation.cassandra()) {
            judge.start();
            await().atMost(PULSE_TIMEOUT).until(() -> judge.since(0).size() >= PULSES_BEFORE);
            Judgement judgement =
                    Judgement.of(judge.since(0).stream().skip(PULSES_TO_WARM_UP).toList());
            long requests = 0;
            long published = 0;
            List<Kind> kinds = Stream.concat(
                            RequestKinds.all().stream(), RecordKinds.all(results(installation.kafka())).stream())
                    .filter(plan::includes)
                    .toList();
            for (Kind kind : kinds) {
                // A new one for each, since what some kinds send deletes it.
                Ground ground = Ground.prepare(installation, STORM);
                Assault assault =
                        new Assault(kind.name(), plan, ground, wire(installation, "127.0.0.2"), records, findings);
                boolean goesOn = one(
                        kind, share(kind, kinds, plan), assault, new Bench(judge, judgement, parts), findings, report);
                assault.clear();
                requests += assault.requests();
                published += assault.published();
                if (!goesOn) {
                    return;
                }
            }
            judge.stop();
            conclude(installation, judge, records, parts, findings, report, cassandra);
            List<Pulse> pulses = judge.since(0);
            report.line(
                    "requests, records",
                    requests + ", " + published + " (" + records.refused() + " refused by the broker)");
            report.line(
                    "the undisturbed tenant",
                    pulses.size() + " pulses, " + judgement.late(pulses) + " late, usually " + judgement.usualMs()
                            + " ms to a transition");
        }
    }

    /** Who judges, by what. */
    private record Bench(Judge judge, Judgement judgement, Parts parts) {}

    private static boolean one(Kind kind, int count, Assault assault, Bench bench, Findings findings, FuzzReport report)
            throws Exception {
        long beganMs = System.currentTimeMillis();
        long failedBefore = bench.parts().threadFailures();
        assault.run(kind, count);
        boolean answered = bench.judge()
                .awaitPulse(
                        pulse -> pulse.faults().isEmpty() && !bench.judgement().isLate(pulse));
        List<Pulse> pulses = bench.judge().since(beganMs);
        bench.judgement().objection(pulses).ifPresent(objection -> assault.found(objection, pulses.toString()));
        bench.parts().complaints().forEach(complaint -> assault.found(complaint, ""));
        long failed = bench.parts().threadFailures() - failedBefore;
        if (failed > 0) {
            assault.found("threads died", failed + " of them");
        }
        if (!answered) {
            assault.found("the undisturbed tenant gets no answers any more", "the fuzz ends here");
        }
        report.kind(kind, assault.figures(), pulses, bench.judgement(), findings.ofKind(kind.name()));
        return answered && !bench.parts().isAnyDead();
    }

    /** What shows at the end only. */
    private static void conclude(
            PartsInstallation installation,
            Judge judge,
            RecordSender records,
            Parts parts,
            Findings findings,
            FuzzReport report,
            CqlSession cassandra) {
        Accounting accounting = new Accounting(installation.kafka(), parts);
        accounting.settle(records.dead());
        report.add(accounting.lines());
        Map<String, Long> live = parts.liveBytes();
        live.forEach((part, bytes) -> report.line(part + ", alive after a collection", (bytes >> 20) + " MB of 256"));
        report.line("stream threads that died", parts.threadFailures());
        Stream.of(accounting.objections(), judge.missing(cassandra), Parts.tooLarge(live), parts.errors())
                .flatMap(List::stream)
                .forEach(objection -> findings.add("at-the-end", objection, ""));
    }

    /** All requests, or all records, in equal parts. */
    private static int share(Kind kind, List<Kind> kinds, FuzzPlan plan) {
        long alike = kinds.stream()
                .filter(other -> other.getClass() == kind.getClass())
                .count();
        return (int) ((kind instanceof Kind.OfRecords ? plan.records() : plan.requests()) / alike);
    }

    private static Results results(KafkaSettings kafka) {
        return new Results(
                kafka.registry().register(kafka.topics().of(Topic.CHECK_RESULTS) + "-value", CheckResult.SCHEMA$));
    }

    private static Wire wire(PartsInstallation installation, String from) throws Exception {
        URI api = URI.create(installation.api());
        return new Wire(new InetSocketAddress(api.getHost(), api.getPort()), InetAddress.getByName(from));
    }
}
