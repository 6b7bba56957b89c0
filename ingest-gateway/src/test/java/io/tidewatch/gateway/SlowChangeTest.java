package io.tidewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.records.InMemoryRecordLog;
import io.tidewatch.gateway.resource.NoteKind;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.gateway.resource.ResourceKinds;
import io.tidewatch.gateway.resource.WaitingNoteKind;
import io.tidewatch.gateway.timeseries.InMemoryTimeSeries;
import io.tidewatch.gateway.trial.AwaitedAttempts;
import io.tidewatch.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change that takes long to be judged, as one with a pattern or criteria may. */
class SlowChangeTest {
    private static final GatewayConfig CONFIG =
            GatewayConfig.from(Settings.of(GatewayConfig.DEFINITION, Map.of(GatewayConfig.SHUTDOWN_TIMEOUT_MS, "0")));

    private final WaitingNoteKind notes = new WaitingNoteKind(new NoteKind());
    private final ResourceKinds kinds = kinds();
    private final ConfigurationView view = GatewayApp.view(kinds);
    private final InMemoryRecordLog log = new InMemoryRecordLog(view);
    private final HttpApi server = new HttpApi(
            GatewayApp.endpoints(
                    CONFIG,
                    kinds,
                    view,
                    log,
                    new AwaitedAttempts(),
                    new InMemoryTimeSeries(),
                    new SimpleMeterRegistry(),
                    Clock.fixed(Samples.NOW, ZoneOffset.UTC)),
            CONFIG,
            new GatewayMetrics(new SimpleMeterRegistry()),
            () -> true);
    private final ApiClient api = new ApiClient() {
        @Override
        protected int port() {
            return server.port();
        }
    };

    private ResourceKinds kinds() {
        List<ResourceKind<?>> all = new ArrayList<>(GatewayApp.kinds(CONFIG).all());
        all.add(notes);
        return new ResourceKinds(all);
    }

    @BeforeEach
    void start() {
        server.start("127.0.0.1", 0);
    }

    @AfterEach
    void close() {
        notes.goOn();
        server.close();
    }

    /** Fault: a change was judged under the lock of its tenant, which others shared. */
    @Test
    void holdsUpNoOtherChangeOfItsTenant() {
        String entity = api.createEntity();
        CompletableFuture<ApiClient.Answer> slow = slowNote(entity);
        long begin = System.nanoTime();

        api.createEntity();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThat(slow).isNotDone();
        notes.goOn();
        assertThat(slow.join().status()).isEqualTo(201);
    }

    @Test
    void isRefusedWhenWhatItBelongsToWentMeanwhile() {
        String entity = api.createEntity();
        CompletableFuture<ApiClient.Answer> slow = slowNote(entity);

        assertThat(api.delete("/entities/" + entity).status()).isEqualTo(204);
        notes.goOn();

        slow.join().assertFault(404, "parentNotFoundError");
    }

    @Test
    void isJudgedAnewWhenItsResourceWasChangedMeanwhile() {
        String entity = api.createEntity();
        String note = "/entities/" + entity + "/notes/"
                + api.create("/entities/" + entity + "/notes", "{\"text\": \"first\"}");
        notes.stall();
        CompletableFuture<ApiClient.Answer> slow =
                CompletableFuture.supplyAsync(() -> api.put(note, "{\"subject\": \"slow\"}"));
        notes.awaitOneThatWaits();

        ApiClient.Answer quick = api.put(note, "{\"text\": \"quick\"}");
        notes.goOn();

        assertThat(quick.status()).isEqualTo(204);
        assertThat(slow.join().status()).isEqualTo(204);
        ObjectNode shown = (ObjectNode) api.get(note).json();
        assertThat(shown.path("text").asText()).isEqualTo("quick");
        assertThat(shown.path("subject").asText()).isEqualTo("slow");
    }

    private CompletableFuture<ApiClient.Answer> slowNote(String entity) {
        notes.stall();
        CompletableFuture<ApiClient.Answer> slow =
                CompletableFuture.supplyAsync(() -> api.post("/entities/" + entity + "/notes", "{\"text\": \"slow\"}"));
        notes.awaitOneThatWaits();
        return slow;
    }
}
