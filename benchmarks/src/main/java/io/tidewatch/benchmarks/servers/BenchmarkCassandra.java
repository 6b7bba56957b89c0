package io.tidewatch.benchmarks.servers;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Cassandra of a benchmark's own, with Tidewatch's tables, in a directory that is deleted with it. */
public final class BenchmarkCassandra implements AutoCloseable {
    static final String KEYSPACE = "tidewatch";

    private static final int ROWS_A_PAGE = 10_000;
    private static final Duration COMPACTED_WITHIN = Duration.ofMinutes(2);

    private final DataDirectory data;
    private final EmbeddedCassandra server;
    private final CqlSession session;

    private BenchmarkCassandra(DataDirectory data, EmbeddedCassandra server, CqlSession session) {
        this.data = data;
        this.server = server;
        this.session = session;
    }

    /** @throws io.tidewatch.standalone.servers.ServerException when it can't be started */
    public static BenchmarkCassandra start(TableSettings tables) {
        DataDirectory data = DataDirectory.temporary("tidewatch-benchmark");
        EmbeddedCassandra server = new EmbeddedCassandra(data, ServerPorts.free());
        try {
            server.start();
            CqlSession session = server.session();
            new CassandraSchema(session, KEYSPACE, tables).apply();
            return new BenchmarkCassandra(data, server, session);
        } catch (RuntimeException e) {
            server.close();
            data.delete();
            throw e;
        }
    }

    /** How an application finds it. */
    public Map<String, String> settings() {
        return Map.of(
                CassandraSettings.CONTACT_POINTS,
                server.address(),
                CassandraSettings.LOCAL_DATACENTER,
                EmbeddedCassandra.DATACENTER,
                CassandraSettings.KEYSPACE,
                KEYSPACE);
    }

    public void truncate(List<String> tables) {
        tables.forEach(table -> session.execute("TRUNCATE " + KEYSPACE + "." + table));
    }

    /** How many rows the tables have; reads every one. */
    public long count(List<String> tables) {
        long rows = 0;
        for (String table : tables) {
            var page = session.execute(SimpleStatement.newInstance("SELECT tenant_id FROM " + KEYSPACE + "." + table)
                    .setPageSize(ROWS_A_PAGE));
            while (page.iterator().hasNext()) {
                page.iterator().next();
                rows++;
            }
        }
        return rows;
    }

    /**
     * The size of a table's files, with their indexes and filters, once all its rows are in one compacted sstable.
     *
     * @throws IllegalStateException when Cassandra doesn't get there in time
     */
    public long compactedBytes(String table) {
        new CassandraNode(server.pid().orElseThrow()).flushAndCompact(KEYSPACE, table);
        if (!Await.isSoWithin(COMPACTED_WITHIN, () -> sstables(table) == 1)) {
            throw new IllegalStateException(table + " is in " + sstables(table) + " sstables after a major compaction");
        }
        return files(table).mapToLong(BenchmarkCassandra::sizeBytes).sum();
    }

    @Override
    public void close() {
        session.close();
        server.close();
        data.delete();
    }

    /** Those that a compaction has replaced are deleted file by file; they count until the last one is gone. */
    private long sstables(String table) {
        return files(table)
                .map(file -> file.getFileName().toString())
                .map(name -> name.substring(0, name.lastIndexOf('-') + 1))
                .distinct()
                .count();
    }

    /** Not those of snapshots, which are in directories of their own. */
    private Stream<Path> files(String table) {
        Path keyspace = data.root().resolve("cassandra").resolve("data").resolve(KEYSPACE);
        try (Stream<Path> directories = Files.list(keyspace)) {
            return directories
                    .filter(directory -> directory.getFileName().toString().startsWith(table + "-"))
                    .flatMap(BenchmarkCassandra::regularFiles)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException("The files of " + table + " can't be listed", e);
        }
    }

    private static Stream<Path> regularFiles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + directory + " can't be listed", e);
        }
    }

    private static long sizeBytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The size of " + file + " is not known", e);
        }
    }
}
