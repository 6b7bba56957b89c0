package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.KeyspaceMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Brings a Cassandra to the state of the {@code .cql} files: creates the keyspace and the tables that are missing, and
 * finds tables that don't fit. What exists is never altered. Safe to call again, and from several processes at once.
 */
public final class CassandraSchema {
    /** Raw check results. */
    public static final String RESULTS = "results";

    /** Text metrics, where they changed. */
    public static final String TEXTS = "texts";

    /** Which metrics a check has. */
    public static final String METRICS = "metrics";

    /** Transitions by alarm. */
    public static final String TRANSITIONS_BY_ALARM = "transitions_by_alarm";

    /** Transitions by tenant. */
    public static final String TRANSITIONS_BY_TENANT = "transitions_by_tenant";

    /** Attempts to tell somebody of a transition, by alarm. */
    public static final String ATTEMPTS_BY_ALARM = "attempts_by_alarm";

    /** What was withheld, by tenant. */
    public static final String SUPPRESSION_LOGS = "suppression_logs";

    /** The newest state of each alarm. */
    public static final String ALARM_STATES = "alarm_states";

    /** Where the write times of a topic's rows begin. */
    public static final String TOPIC_BASES = "topic_bases";

    /** The driver's agreement on a schema change, on a slow or busy node. */
    private static final Duration SCHEMA_CHANGE_TIMEOUT = Duration.ofSeconds(30);

    /** Windows of time over a table's life. Source: the TWCS page of Cassandra's documentation recommends 20 to 30. */
    private static final int COMPACTION_WINDOWS = 30;

    private static final Pattern TIME_TO_LIVE = Pattern.compile("default_time_to_live = (?<seconds>\\d+)");

    private static final String MISSING = " does not exist: run 'tidewatch topics --apply'";

    private final CqlSession session;
    private final String keyspace;
    private final TableSettings settings;

    public CassandraSchema(CqlSession session, String keyspace, TableSettings settings) {
        this.session = session;
        this.keyspace = keyspace;
        this.settings = settings;
    }

    /** The table of a resolution's rollups. */
    public static String rollupTable(Resolution resolution) {
        return "rollups_" + resolution.minutes() + "m";
    }

    /** The tables that are needed, and how long rows of each live; empty where rows are kept for ever. */
    public Map<String, Optional<Duration>> tables() {
        Map<String, Optional<Duration>> tables = new LinkedHashMap<>();
        statements().forEach((table, statement) -> tables.put(table, timeToLive(statement)));
        return tables;
    }

    /** Those of the {@link #tables} that exist. */
    public Set<String> existing() {
        return statements().keySet().stream()
                .filter(table -> found(table).isPresent())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Creates what is missing.
     *
     * @return a sentence for each table that doesn't fit, saying what to do; empty when all is well
     * @throws UnusableCassandraException when the keyspace can't be created, saying what to do; calling again is safe
     * @throws DriverException when Cassandra is away or refuses; calling again is safe
     */
    public List<String> apply() {
        // Otherwise the driver reads the schema again after each statement, and waits for a second before it does.
        session.setSchemaMetadataEnabled(false);
        try {
            if (keyspace().isEmpty()) {
                createKeyspace();
            }
            statements().forEach(this::create);
        } finally {
            session.setSchemaMetadataEnabled(null);
        }
        return faults();
    }

    /**
     * What keeps the parts from working: a keyspace and tables that don't exist, and tables that don't fit.
     *
     * @return a sentence for each fault, saying what to do; empty when all is well
     * @throws DriverException when Cassandra is away; calling again is safe
     */
    public List<String> faults() {
        session.refreshSchema();
        if (keyspace().isEmpty()) {
            return List.of("keyspace " + keyspace + MISSING);
        }
        List<String> faults = new ArrayList<>();
        statements().forEach((table, statement) -> fault(table, statement).ifPresent(faults::add));
        return List.copyOf(faults);
    }

    /** What differs from the settings and keeps no part from working: a keyspace with fewer copies than configured. */
    public Optional<String> advice(String localDatacenter) {
        return keyspace()
                .map(found -> Replication.of(found.getReplication()))
                .flatMap(found -> found.advice(keyspace, localDatacenter, settings.replicationFactor()));
    }

    private Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put(RESULTS, fill("results.cql", kept(settings.resultsKept())));
        settings.rollupsKept().forEach((resolution, kept) -> {
            String table = rollupTable(resolution);
            statements.put(table, fill("rollups.cql", kept(kept)).replace("${table}", table));
        });
        Duration longest = Collections.max(settings.rollupsKept().values());
        statements.put(METRICS, fill("metrics.cql", kept(longest)));
        statements.put(TEXTS, fill("texts.cql", kept(settings.textsKept())));
        Map<String, String> history = kept(settings.transitionsKept());
        statements.put(TRANSITIONS_BY_ALARM, fill("transitions_by_alarm.cql", history));
        statements.put(TRANSITIONS_BY_TENANT, fill("transitions_by_tenant.cql", history));
        Map<String, String> told = kept(settings.attemptsKept());
        statements.put(ATTEMPTS_BY_ALARM, fill("attempts_by_alarm.cql", told));
        statements.put(SUPPRESSION_LOGS, fill("suppression_logs.cql", told));
        statements.put(ALARM_STATES, fill("alarm_states.cql", Map.of()));
        statements.put(TOPIC_BASES, fill("topic_bases.cql", Map.of()));
        return statements;
    }

    private void create(String table, String statement) {
        if (found(table).isEmpty()) {
            execute(statement);
        }
    }

    private void createKeyspace() {
        String statement =
                fill("keyspace.cql", Map.of("replication_factor", Integer.toString(settings.replicationFactor())));
        try {
            execute(statement);
        } catch (QueryValidationException e) {
            String reason = CassandraTrouble.text(e);
            String remedy = MissingPermission.in(reason)
                    .map(missing -> "Have a superuser run: " + oneLine(statement)
                            + " GRANT ALL PERMISSIONS ON KEYSPACE " + keyspace + " TO " + missing.role())
                    .orElse("Mend " + TableSettings.REPLICATION_FACTOR + ", or create the keyspace in your own way");
            throw UnusableCassandraException.refused(
                    "keyspace " + keyspace + " can't be created: " + reason + ". " + remedy, e);
        }
    }

    private Optional<String> fault(String table, String statement) {
        Optional<TableMetadata> found = found(table);
        if (found.isEmpty()) {
            return Optional.of("table " + keyspace + "." + table + MISSING);
        }
        ExpectedTable expected = ExpectedTable.parse(statement);
        List<String> differences = expected.differences(found.get());
        String remedy = expected.addition(found.get())
                .map(addition -> "Run: ALTER TABLE " + keyspace + "." + table + " " + addition)
                .orElse("Drop it and what it keeps, or set " + CassandraSettings.KEYSPACE + " to another keyspace");
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of("table " + keyspace + "." + table + " does not fit: " + String.join(", ", differences)
                        + ". " + remedy);
    }

    private Optional<KeyspaceMetadata> keyspace() {
        return session.getMetadata().getKeyspace(keyspace);
    }

    private Optional<TableMetadata> found(String table) {
        return keyspace().flatMap(tables -> tables.getTable(table));
    }

    private void execute(String statement) {
        session.execute(SimpleStatement.newInstance(statement).setTimeout(SCHEMA_CHANGE_TIMEOUT));
    }

    private static String oneLine(String statement) {
        return statement.replaceAll("\\s+", " ");
    }

    private static Optional<Duration> timeToLive(String statement) {
        Matcher seconds = TIME_TO_LIVE.matcher(statement);
        return seconds.find()
                ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds.group("seconds"))))
                : Optional.empty();
    }

    private static Map<String, String> kept(Duration duration) {
        return Map.of(
                "ttl_seconds",
                Long.toString(duration.toSeconds()),
                "compaction_hours",
                Long.toString(Math.max(1, duration.toHours() / COMPACTION_WINDOWS)));
    }

    /** The one statement of a file, without comments, its inputs filled in. */
    private String fill(String file, Map<String, String> inputs) {
        String statement = read(file)
                .lines()
                .filter(line -> !line.startsWith("--"))
                .reduce("", (text, line) -> text + line + "\n")
                .strip()
                .replace("${keyspace}", keyspace);
        for (Map.Entry<String, String> input : inputs.entrySet()) {
            statement = statement.replace("${" + input.getKey() + "}", input.getValue());
        }
        return statement;
    }

    private static String read(String file) {
        try (InputStream in = CassandraSchema.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + file, e);
        }
    }
}
