package io.tidewatch.gateway;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.records.InMemoryRecordLog;
import io.tidewatch.gateway.resource.ResourceKinds;
import io.tidewatch.gateway.timeseries.InMemoryTimeSeries;
import io.tidewatch.gateway.trial.AwaitedAttempts;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.settings.Settings;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The API on a free port, over a log and time series in memory, with a clock that stands at {@link Samples#NOW}. */
public final class RunningApi extends ApiClient implements AutoCloseable {
    public static final Instant NOW = Samples.NOW;

    /** What seals secrets where a test does not say otherwise. */
    public static final String KEY = "k1:" + "A".repeat(43) + "=";

    public final InMemoryRecordLog log;
    /** Whom tests of notifications wait for; nothing brings attempts but the test itself. */
    public final AwaitedAttempts attempts = new AwaitedAttempts();

    public final InMemoryTimeSeries timeSeries = new InMemoryTimeSeries();
    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpApi api;
    private volatile boolean open = true;

    public RunningApi() {
        this(Map.of());
    }

    public RunningApi(Map<String, String> settings) {
        Map<String, String> values = new HashMap<>(settings);
        values.putIfAbsent(GatewayConfig.WRITE_TIMEOUT_MS, "1000");
        values.put(GatewayConfig.SHUTDOWN_TIMEOUT_MS, "0");
        values.putIfAbsent(SecretBox.KEYS, KEY);
        GatewayConfig config = GatewayConfig.from(Settings.of(GatewayConfig.DEFINITION, values));
        ResourceKinds kinds = GatewayApp.kinds(config);
        ConfigurationView view = GatewayApp.view(kinds);
        log = new InMemoryRecordLog(view);
        attempts.caughtUp();
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        List<Endpoint> endpoints = GatewayApp.endpoints(config, kinds, view, log, attempts, timeSeries, meters, clock);
        api = new HttpApi(endpoints, config, new GatewayMetrics(meters), () -> open);
        api.start("127.0.0.1", 0);
    }

    void stayClosed() {
        open = false;
    }

    @Override
    public int port() {
        return api.port();
    }

    @Override
    public void close() {
        api.close();
    }
}
