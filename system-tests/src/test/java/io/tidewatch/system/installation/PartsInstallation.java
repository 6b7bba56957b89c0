package io.tidewatch.system.installation;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.GatewayMain;
import io.tidewatch.notifier.NotifierConfig;
import io.tidewatch.notifier.NotifierMain;
import io.tidewatch.poller.PollerConfig;
import io.tidewatch.poller.PollerMain;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.streams.StreamsMain;
import io.tidewatch.timeseries.CassandraSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each part in a process of its own, on servers that a test may take away: a gateway, a poller, the stream applications. */
public final class PartsInstallation implements Installation {
    private final KafkaSettings kafka;
    private final EmbeddedServers servers;
    private final int apiPort = Port.free(1).get(0);
    /** Anything of 32 bytes. */
    private static final String SECRET_KEYS = "test:dGlkZXdhdGNoLXRlc3Qta2V5LTAxMjM0NTY3ODkwMTI=";

    private final PartProcess gateway;
    private final PartProcess poller;
    private final PartProcess streams;
    private final PartProcess notifier;

    /**
     * Starts the processes, and does not wait for them.
     *
     * @param kafka with all topics
     * @param directory for their settings, logs and state
     */
    public PartsInstallation(KafkaSettings kafka, EmbeddedServers servers, Path directory) {
        this.kafka = kafka;
        this.servers = servers;
        gateway = new PartProcess(
                GatewayMain.class,
                directory,
                with(Map.of(
                        SecretBox.KEYS,
                        SECRET_KEYS,
                        GatewayConfig.HTTP_HOST,
                        "127.0.0.1",
                        GatewayConfig.HTTP_PORT,
                        Integer.toString(apiPort),
                        GatewayConfig.MIN_CHECK_PERIOD_SECONDS,
                        Integer.toString(PERIOD_SECONDS),
                        CassandraSettings.CONTACT_POINTS,
                        servers.cassandra().address(),
                        CassandraSettings.LOCAL_DATACENTER,
                        EmbeddedCassandra.DATACENTER)));
        poller = new PartProcess(
                PollerMain.class,
                directory,
                with(Map.of(PollerConfig.ZONE_ID, ZONES.get(0), PollerConfig.TARGETS_ALLOW, "127.0.0.0/8")));
        streams = new PartProcess(
                StreamsMain.class,
                directory,
                with(Map.of(
                        RuntimeSettings.STATE_DIR, directory.resolve("state").toString(),
                        CassandraSettings.CONTACT_POINTS, servers.cassandra().address(),
                        CassandraSettings.LOCAL_DATACENTER, EmbeddedCassandra.DATACENTER)));
        notifier = new PartProcess(
                NotifierMain.class,
                directory,
                with(Map.of(
                        RuntimeSettings.STATE_DIR,
                        directory.resolve("notifier-state").toString(),
                        NotifierConfig.RECEIVERS_ALLOW,
                        "127.0.0.0/8")));
    }

    public PartProcess gateway() {
        return gateway;
    }

    public PartProcess poller() {
        return poller;
    }

    public PartProcess streams() {
        return streams;
    }

    public PartProcess notifier() {
        return notifier;
    }

    public List<PartProcess> parts() {
        return List.of(gateway, poller, streams, notifier);
    }

    @Override
    public String api() {
        return "http://127.0.0.1:" + apiPort + "/v1.0";
    }

    @Override
    public KafkaSettings kafka() {
        return kafka;
    }

    @Override
    public CqlSession cassandra() {
        return servers.cassandra().session();
    }

    @Override
    public String thisMachine() {
        return "127.0.0.1";
    }

    @Override
    public void close() {
        parts().forEach(PartProcess::close);
    }

    private Map<String, String> with(Map<String, String> own) {
        Map<String, String> settings = new HashMap<>(own);
        settings.put(KafkaSettings.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        settings.put(KafkaSettings.REGISTRY_URL, kafka.registryUrl());
        settings.put(KafkaSettings.TOPIC_PREFIX, kafka.topics().prefix());
        return settings;
    }
}
