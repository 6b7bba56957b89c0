package io.tidewatch.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import io.tidewatch.topics.TopicSetup;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigDef;

/** How long a plot of 1440 points takes over HTTP, through the real gateway, out of a Cassandra that holds many more. */
final class PlotBenchmark implements Benchmark {
    private static final int ROWS = 2_000_000;
    private static final int QUICK_ROWS = 200_000;
    private static final int PLOTS = 1_000;
    private static final int QUICK_PLOTS = 200;
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final int MAX = 100;

    private final Clock clock;
    private final PrintStream progress;

    PlotBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        int rows = quick ? QUICK_ROWS : ROWS;
        Instant until = Resolution.MIN5.windowStart(clock.instant());
        StoredWindows windows = new StoredWindows(rows, until);
        DataDirectory data = temporaryDirectory();
        EmbeddedServers servers = new EmbeddedServers(data, ServerPorts.free());
        try {
            progress.println("benchmarks: starting broker, registry and cassandra");
            servers.start(server -> {});
            KafkaSettings kafka = new KafkaSettings(
                    servers.broker().address(), servers.registry().address(), TopicNames.withDefaultPrefix());
            try (Admin admin = Admin.create(kafka.client())) {
                new TopicSetup(admin, kafka.registry(), kafka.topics()).apply(Topic.DEFAULT_PARTITIONS, (short) 1);
            }
            try (GatewayApp gateway = new GatewayApp(settings(servers), clock)) {
                gateway.start();
                gateway.awaitReady(READY_WITHIN);
                PlotClient client = new PlotClient("http://127.0.0.1:" + gateway.port() + "/v1.0/acme");
                List<PlotClient.Series> series = client.createSeries(windows.series());
                progress.println("benchmarks: storing " + windows.rows() + " rollups");
                try (CqlSession session = servers.cassandra().session()) {
                    TableSettings tables =
                            TableSettings.from(Settings.of(TableSettings.define(new ConfigDef()), Map.of()));
                    new CassandraSchema(session, "tidewatch", tables).apply();
                    windows.store(session, series);
                }
                progress.println("benchmarks: plotting");
                client.awaitReadable(series.get(0), READY_WITHIN);
                return measure(client, series, windows, quick ? QUICK_PLOTS : PLOTS);
            }
        } finally {
            servers.close();
            data.delete();
        }
    }

    /** The first half again as many plots do not count: classes are loaded and code is compiled then. */
    private static Report measure(PlotClient client, List<PlotClient.Series> series, StoredWindows windows, int plots) {
        List<Long> nanos = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int plot = -plots / 2; plot < plots; plot++) {
            PlotClient.Series asked = series.get(Math.floorMod(plot * 7, series.size()));
            long begin = System.nanoTime();
            int points = client.plot(asked, windows.from(), windows.until());
            if (plot >= 0) {
                nanos.add(System.nanoTime() - begin);
            }
            if (points != StoredWindows.WINDOWS) {
                faults.add("a plot had " + points + " points");
            }
        }
        Latencies latencies = new Latencies(nanos);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("stored_rollups", (double) windows.rows());
        figures.put("plots", (double) latencies.count());
        figures.put("p50_ms", latencies.percentileMs(50));
        figures.put("p99_ms", latencies.percentileMs(99));
        figures.put("max_ms", latencies.percentileMs(MAX));
        return new Report(
                List.of(
                        String.format(
                                Locale.ROOT,
                                "%d plots of %d points, one after the other, %d rollups stored; latencies in ms",
                                plots,
                                StoredWindows.WINDOWS,
                                windows.rows()),
                        "",
                        String.format("%9s%9s%9s", "p50", "p99", "max"),
                        String.format(
                                Locale.ROOT,
                                "%9.1f%9.1f%9.1f",
                                latencies.percentileMs(50),
                                latencies.percentileMs(99),
                                latencies.percentileMs(MAX))),
                figures,
                faults.stream().distinct().toList());
    }

    private static Settings settings(EmbeddedServers servers) {
        return Settings.of(
                GatewayConfig.DEFINITION,
                Map.of(
                        KafkaSettings.BOOTSTRAP_SERVERS,
                        servers.broker().address(),
                        KafkaSettings.REGISTRY_URL,
                        servers.registry().address(),
                        GatewayConfig.HTTP_HOST,
                        "127.0.0.1",
                        GatewayConfig.HTTP_PORT,
                        "0",
                        GatewayConfig.MAX_CHECKS_PER_TENANT,
                        "100000",
                        CassandraSettings.CONTACT_POINTS,
                        servers.cassandra().address(),
                        CassandraSettings.LOCAL_DATACENTER,
                        EmbeddedCassandra.DATACENTER));
    }

    private static DataDirectory temporaryDirectory() {
        try {
            return DataDirectory.open(Files.createTempDirectory("tidewatch-benchmark"));
        } catch (IOException e) {
            throw new UncheckedIOException("No temporary directory can be made", e);
        }
    }
}
