package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
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

    /** The newest state of each alarm. */
    public static final String ALARM_STATES = "alarm_states";

    /** Where the write times of a topic's rows begin. */
    public static final String TOPIC_BASES = "topic_bases";

    /** The driver's agreement on a schema change, on a slow or busy node. */
    private static final Duration SCHEMA_CHANGE_TIMEOUT = Duration.ofSeconds(30);

    /** Windows of time over a table's life. Source: the TWCS page of Cassandra's documentation recommends 20 to 30. */
    private static final int COMPACTION_WINDOWS = 30;

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

    /**
     * Creates what is missing.
     *
     * @return a sentence for each table that doesn't fit, saying what to do; empty when all is well
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away or refuses; calling again is safe
     */
    public List<String> apply() {
        if (session.getMetadata().getKeyspace(keyspace).isEmpty()) {
            execute(fill("keyspace.cql", Map.of("replication_factor", Integer.toString(settings.replicationFactor()))));
        }
        Map<String, String> statements = statements();
        statements.forEach(this::create);
        session.refreshSchema();
        List<String> faults = new ArrayList<>();
        statements.forEach((table, statement) -> fault(table, statement).ifPresent(faults::add));
        return List.copyOf(faults);
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
        statements.put(ALARM_STATES, fill("alarm_states.cql", Map.of()));
        statements.put(TOPIC_BASES, fill("topic_bases.cql", Map.of()));
        return statements;
    }

    private void create(String table, String statement) {
        if (found(table).isEmpty()) {
            execute(statement);
        }
    }

    private Optional<String> fault(String table, String statement) {
        TableMetadata found = found(table)
                .orElseThrow(() -> new IllegalStateException("Cassandra has created the table " + keyspace + "." + table
                        + " and does not show it: is the schema in agreement?"));
        List<String> differences = ExpectedTable.parse(statement).differences(found);
        return differences.isEmpty()
                ? Optional.empty()
                : Optional.of("table " + keyspace + "." + table + " does not fit: " + String.join(", ", differences)
                        + ". Alter or drop it, or set cassandra.keyspace to another keyspace");
    }

    private Optional<TableMetadata> found(String table) {
        return session.getMetadata().getKeyspace(keyspace).flatMap(tables -> tables.getTable(table));
    }

    private void execute(String statement) {
        session.execute(SimpleStatement.newInstance(statement).setTimeout(SCHEMA_CHANGE_TIMEOUT));
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
