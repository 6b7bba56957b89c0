package io.tidewatch.benchmarks.plot;

import io.tidewatch.benchmarks.application.BareDriver;
import io.tidewatch.benchmarks.application.MeasuredApplication;
import io.tidewatch.benchmarks.report.Benchmark;
import io.tidewatch.benchmarks.report.Latencies;
import io.tidewatch.benchmarks.report.Report;
import io.tidewatch.benchmarks.servers.Await;
import io.tidewatch.benchmarks.servers.BenchmarkCassandra;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.topics.CheckPath;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How long a plot of 1440 points takes over HTTP, through the real gateway, out of a Cassandra that holds many more. */
public final class PlotBenchmark implements Benchmark {
    private static final int ROWS = 2_000_000;
    private static final int QUICK_ROWS = 200_000;
    private static final int PLOTS = 1_000;
    private static final int QUICK_PLOTS = 200;
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration STORED_WITHIN = Duration.ofMinutes(10);
    private static final int MAX = 100;

    private final Clock clock;
    private final PrintStream progress;

    public PlotBenchmark(Clock clock, PrintStream progress) {
        this.clock = clock;
        this.progress = progress;
    }

    @Override
    public Report run(boolean quick) {
        StoredWindows windows =
                new StoredWindows(quick ? QUICK_ROWS : ROWS, Resolution.MIN5.windowStart(clock.instant()));
        progress.println("benchmarks: starting broker, registry and cassandra");
        try (BenchmarkKafka kafka = BenchmarkKafka.start();
                BenchmarkCassandra cassandra = BenchmarkCassandra.start(TableSettings.defaults());
                GatewayApp gateway = new GatewayApp(settings(kafka, cassandra), clock)) {
            gateway.start();
            gateway.awaitReady(READY_WITHIN);
            PlotClient client = new PlotClient(gateway.port());
            List<CheckPath> checks = client.createChecks(windows.checks());
            progress.println("benchmarks: storing " + windows.rows() + " rollups");
            store(windows, checks, kafka, cassandra);
            progress.println("benchmarks: plotting");
            client.awaitReadable(checks.get(0), READY_WITHIN);
            return measure(client, checks, windows, quick ? QUICK_PLOTS : PLOTS);
        }
    }

    private void store(
            StoredWindows windows, List<CheckPath> checks, BenchmarkKafka kafka, BenchmarkCassandra cassandra) {
        StreamsAppConfig sink =
                StreamsAppConfig.from(MeasuredApplication.settings(kafka, Application.SINK, cassandra.settings()));
        try (BareDriver driver = new BareDriver(sink, clock)) {
            driver.start(driver.connect().rollups(), windows.batches(checks));
            if (!Await.isSoWithin(STORED_WITHIN, () -> driver.acknowledged() == windows.rows())) {
                throw new IllegalStateException(
                        "Only " + driver.acknowledged() + " of " + windows.rows() + " rollups were stored in time");
            }
        }
    }

    /** The first half again as many plots do not count: classes are loaded and code is compiled then. */
    private static Report measure(PlotClient client, List<CheckPath> checks, StoredWindows windows, int plots) {
        List<Long> nanos = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (int plot = -plots / 2; plot < plots; plot++) {
            CheckPath asked = checks.get(Math.floorMod(plot * 7, checks.size()));
            long begin = System.nanoTime();
            int points = client.plot(asked, StoredWindows.METRIC, windows.from(), windows.until());
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

    private static Settings settings(BenchmarkKafka kafka, BenchmarkCassandra cassandra) {
        Map<String, String> settings = new HashMap<>(cassandra.settings());
        settings.put(KafkaSettings.BOOTSTRAP_SERVERS, kafka.settings().bootstrapServers());
        settings.put(KafkaSettings.REGISTRY_URL, kafka.settings().registryUrl());
        settings.put(GatewayConfig.HTTP_HOST, "127.0.0.1");
        settings.put(GatewayConfig.HTTP_PORT, "0");
        settings.put(GatewayConfig.MAX_CHECKS_PER_TENANT, "100000");
        return Settings.of(GatewayConfig.DEFINITION, settings);
    }
}
