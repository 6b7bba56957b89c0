package io.tidewatch.standalone.local;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.checks.remote.RemoteHttp;
import io.tidewatch.checks.remote.RemotePing;
import io.tidewatch.checks.remote.RemoteTcp;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The story of a web server that breaks and is repaired, seen by three zones, told line by line while it happens. Everything
 * in it goes the way of a user: resources through the HTTP API, alerts from {@code alert-events}.
 */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PERIOD_SECONDS = 2;
    private static final int TIMEOUT_SECONDS = 1;

    /** Under the label of the line above. */
    private static final String ZONES_INDENT = " ".repeat(20);

    private static final String WEB_PAGE = "web page";
    private static final String WEB_PORT = "web port";
    private static final String MACHINE = "machine";

    /** What looks at the web server itself, and so sees the fault. */
    private static final Set<String> FAULTY = Set.of(WEB_PAGE, WEB_PORT);

    private final LocalTidewatch tidewatch;
    private final Console console;
    private final LongSupplier nanoClock;
    private final ApiClient api;
    private final Map<String, State> states = new HashMap<>();

    /** What happened to the web server last, and when. */
    private String change = "start";

    private long changedNanos;

    public Demo(LocalTidewatch tidewatch, Console console, LongSupplier nanoClock) {
        this.tidewatch = tidewatch;
        this.console = console;
        this.nanoClock = nanoClock;
        this.api = new ApiClient(tidewatch.api() + "/demo");
    }

    /** @return why it did not go as it should; empty when the alert fired and recovered */
    public Optional<String> tell() {
        try (DemoTarget target = new DemoTarget("127.0.0.1");
                AlertLog alerts = new AlertLog(tidewatch.kafka())) {
            target.listen();
            console.line("");
            create(target);
            await(alerts, "not all alarms were decided", this::allDecided);

            change("fault", "the web server stops listening");
            target.breakDown();
            double alertSeconds = await(alerts, "no alert came", () -> any(FAULTY, State.CRITICAL));
            await(alerts, "not all alerts came", () -> all(FAULTY, State.CRITICAL));

            change("repair", "the web server listens again");
            target.listen();
            double recoverySeconds = await(alerts, "no full recovery came", () -> all(FAULTY, State.OK));

            console.line("");
            countStored(alerts);
            console.event(
                    "PASSED: first alert %.1f s after the fault, all recovered %.1f s after the repair",
                    alertSeconds, recoverySeconds);
            return Optional.empty();
        }
    }

    private void create(DemoTarget target) {
        String entity =
                api.create("/entities", Map.of("label", "this machine", "ip_addresses", Map.of("self", "127.0.0.1")));
        createCheck(
                entity,
                WEB_PAGE,
                RemoteHttp.TYPE.id(),
                Map.of("url", target.url()),
                "if (metric['code'] != '200') { return new AlarmStatus(CRITICAL, 'HTTP #{code}'); }"
                        + " return new AlarmStatus(OK, 'HTTP #{code} in #{duration} ms');");
        createCheck(
                entity,
                WEB_PORT,
                RemoteTcp.TYPE.id(),
                Map.of("port", target.port()),
                ":set consecutiveCount=2 return new AlarmStatus(OK, 'connected in #{tt_connect} ms');");
        createCheck(
                entity,
                MACHINE,
                RemotePing.TYPE.id(),
                Map.of("count", 1),
                ":set consecutiveCount=1 if (metric['available'] < 80) {"
                        + " return new AlarmStatus(CRITICAL, 'only #{available} % of packets come back'); }"
                        + " return new AlarmStatus(OK, '#{available} % of packets come back');");
        console.event(
                "%d zones check %s every %d s: its page, its port, its machine",
                tidewatch.plan().zones().size(), target.url(), PERIOD_SECONDS);
    }

    private void createCheck(String entity, String label, String type, Map<String, Object> details, String criteria) {
        Map<String, Object> check = new LinkedHashMap<>();
        check.put("label", label);
        check.put("type", type);
        check.put("details", details);
        check.put("target_alias", "self");
        check.put("monitoring_zones_poll", tidewatch.plan().zones());
        check.put("period", PERIOD_SECONDS);
        check.put("timeout", TIMEOUT_SECONDS);
        String checkId = api.create("/entities/" + entity + "/checks", check);
        api.create(
                "/entities/" + entity + "/alarms",
                Map.of(
                        "label", label,
                        "check_id", checkId,
                        "notification_plan_id", "npManaged",
                        "criteria", criteria));
    }

    private void change(String name, String what) {
        console.line("");
        change = name;
        changedNanos = nanoClock.getAsLong();
        console.event("--- %s: %s", name.toUpperCase(Locale.ROOT), what);
    }

    /**
     * Tells of every transition until there have been enough.
     *
     * @return the seconds since the newest change
     */
    private double await(AlertLog alerts, String otherwise, Condition enough) {
        long deadline = nanoClock.getAsLong() + PATIENCE.toNanos();
        while (!enough.holds()) {
            if (nanoClock.getAsLong() > deadline) {
                throw new IllegalStateException(otherwise + " within " + PATIENCE.toSeconds() + " s; "
                        + tidewatch
                                .fault()
                                .map(fault -> "the reason is that " + fault)
                                .orElse("all parts are alive"));
            }
            alerts.next().forEach(this::tell);
        }
        return secondsSinceChange();
    }

    private void tell(AlertEvent event) {
        String label = Objects.requireNonNullElse(event.getAlarmLabel(), event.getAlarmId());
        states.put(label, event.getState());
        String after = event.getPreviousState() == State.UNKNOWN
                ? ""
                : String.format(Locale.ROOT, "   (%.1f s after the %s)", secondsSinceChange(), change);
        console.event(
                "%-8s  %-8s -> %-8s  %s%s",
                label, event.getPreviousState(), event.getState(), event.getStatus(), after);
        console.line("%s", ZONES_INDENT + zones(event));
    }

    private static String zones(AlertEvent event) {
        return event.getObservations().stream()
                .map(zone -> zone.getZoneId() + " sees " + zone.getState())
                .collect(Collectors.joining(", "));
    }

    private boolean allDecided() {
        return states.containsKey(MACHINE) && all(FAULTY, State.OK);
    }

    private boolean all(Set<String> labels, State state) {
        return labels.stream().allMatch(label -> states.get(label) == state);
    }

    private boolean any(Set<String> labels, State state) {
        return labels.stream().anyMatch(label -> states.get(label) == state);
    }

    private double secondsSinceChange() {
        return (nanoClock.getAsLong() - changedNanos) / 1e9;
    }

    private void countStored(AlertLog log) {
        long published = log.recordsIn(tidewatch.kafka().topics().of(Topic.CHECK_RESULTS));
        try (CqlSession session = tidewatch.servers().cassandra().session()) {
            long deadline = nanoClock.getAsLong() + PATIENCE.toNanos();
            long stored = stored(session);
            while (stored < published) {
                if (nanoClock.getAsLong() > deadline) {
                    throw new IllegalStateException(
                            "only " + stored + " of " + published + " check results are in Cassandra");
                }
                stored = stored(session);
            }
            console.event("all %d check results published until now are in Cassandra", published);
        }
    }

    private static long stored(CqlSession session) {
        Row row = session.execute("SELECT count(*) FROM tidewatch.results").one();
        return row == null ? 0 : row.getLong(0);
    }

    private interface Condition {
        boolean holds();
    }
}
