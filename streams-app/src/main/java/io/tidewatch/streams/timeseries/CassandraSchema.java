package io.tidewatch.streams.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import io.tidewatch.streams.rollup.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings a Cassandra to the state of the {@code .cql} files: creates the keyspace and the tables that are missing, and
 * finds tables that don't fit. What exists is never altered. Safe to call again, and from several processes at once.
 */
final class CassandraSchema {
    /** The driver's agreement on a schema change, on a slow or busy node. */
    private static final Duration SCHEMA_CHANGE_TIMEOUT = Duration.ofSeconds(30);

    /** Windows of time over a table's life. Source: the TWCS page of Cassandra's documentation recommends 20 to 30. */
    private static final int COMPACTION_WINDOWS = 30;

    private final CqlSession session;
    private final CassandraSettings settings;

    CassandraSchema(CqlSession session, CassandraSettings settings) {
        this.session = session;
        this.settings = settings;
    }

    /** The table of a resolution's rollups. */
    static String rollupTable(Resolution resolution) {
        return "rollups_" + resolution.minutes() + "m";
    }

    /**
     * Creates what is missing.
     *
     * @return a sentence for each table that doesn't fit, saying what to do; empty when all is well
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away or refuses; calling again is safe
     */
    List<String> apply() {
        if (session.getMetadata().getKeyspace(settings.keyspace()).isEmpty()) {
            execute(fill("keyspace.cql", Map.of("replication_factor", Integer.toString(settings.replicationFactor()))));
        }
        List<String> faults = new ArrayList<>();
        applyTable("results", fill("results.cql", kept(settings.resultsKept())), faults);
        for (Resolution resolution : Resolution.values()) {
            String table = rollupTable(resolution);
            String statement = fill("rollups.cql", kept(kept(resolution))).replace("${table}", table);
            applyTable(table, statement, faults);
        }
        return List.copyOf(faults);
    }

    private Duration kept(Resolution resolution) {
        return switch (resolution) {
            case MIN5 -> settings.rollups5mKept();
        };
    }

    private void applyTable(String table, String createStatement, List<String> faults) {
        if (session.getMetadata()
                .getKeyspace(settings.keyspace())
                .flatMap(keyspace -> keyspace.getTable(table))
                .isEmpty()) {
            execute(createStatement);
        }
        TableMetadata found = session.refreshSchema()
                .getKeyspace(settings.keyspace())
                .flatMap(keyspace -> keyspace.getTable(table))
                .orElseThrow(() -> new IllegalStateException("Cassandra has created the table " + settings.keyspace()
                        + "." + table + " and does not show it: is the schema in agreement?"));
        List<String> differences = ExpectedTable.parse(createStatement).differences(found);
        if (!differences.isEmpty()) {
            faults.add("table " + settings.keyspace() + "." + table + " does not fit: " + String.join(", ", differences)
                    + ". Alter or drop it, or set cassandra.keyspace to another keyspace");
        }
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
                .replace("${keyspace}", settings.keyspace());
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
