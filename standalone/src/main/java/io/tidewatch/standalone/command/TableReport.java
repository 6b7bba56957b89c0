package io.tidewatch.standalone.command;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.CassandraSession;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.timeseries.UnusableCassandraException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The tables of Cassandra as they should be and as they are, on the console. */
record TableReport(CassandraSettings cassandra, TableSettings tables, PrintStream out) {
    /**
     * Returns whether nothing is to be done.
     *
     * @param apply whether to create what is missing first
     * @throws UnusableCassandraException with what to do when Cassandra is away or refuses; calling again is safe
     */
    boolean print(boolean apply) {
        try (CqlSession session = CassandraSession.open(cassandra)) {
            CassandraSchema schema = new CassandraSchema(session, cassandra.keyspace(), tables);
            Set<String> before = schema.existing();
            List<String> faults = apply ? schema.apply() : schema.faults();
            show(schema, before);
            faults.forEach(out::println);
            schema.advice(cassandra.localDatacenter()).ifPresent(out::println);
            return faults.isEmpty();
        } catch (DriverException e) {
            throw UnusableCassandraException.because(cassandra, e);
        }
    }

    private void show(CassandraSchema schema, Set<String> before) {
        Set<String> now = schema.existing();
        Table table = new Table(List.of("TABLE", "KEPT", "STATE"));
        schema.tables()
                .forEach((name, kept) -> table.add(List.of(
                        cassandra.keyspace() + "." + name,
                        kept.map(TableReport::words).orElse("newest of each key"),
                        before.contains(name) ? "exists" : now.contains(name) ? "created" : "missing")));
        table.lines().forEach(out::println);
    }

    private static String words(Duration kept) {
        return kept.toHours() % 24 == 0 ? kept.toDays() + " days" : kept.toHours() + " hours";
    }
}
