package io.tidewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.configuration.FollowedRecordLog;
import io.tidewatch.gateway.resource.NoteKind;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.gateway.resource.ResourceKinds;
import io.tidewatch.gateway.timeseries.InMemoryTimeSeries;
import io.tidewatch.gateway.trial.AwaitedAttempts;
import io.tidewatch.settings.Settings;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new kind of resource is one class and one line in the list of kinds: {@link NoteKind}, with the real view and follower. */
class NewResourceTest {
    private static final GatewayConfig CONFIG =
            GatewayConfig.from(Settings.of(GatewayConfig.DEFINITION, Map.of(GatewayConfig.SHUTDOWN_TIMEOUT_MS, "0")));

    private final ResourceKinds kinds = kinds();
    private final ConfigurationView view = GatewayApp.view(kinds);
    private final FollowedRecordLog log = new FollowedRecordLog(view);
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
    private String entity = "";
    private String notes = "";

    NewResourceTest() throws InterruptedException {}

    private static ResourceKinds kinds() {
        List<ResourceKind<?>> kinds = new ArrayList<>(GatewayApp.kinds(CONFIG).all());
        kinds.add(new NoteKind());
        return new ResourceKinds(kinds);
    }

    @BeforeEach
    void start() {
        server.start("127.0.0.1", 0);
        entity = api.createEntity();
        notes = "/entities/" + entity + "/notes";
    }

    @AfterEach
    void close() {
        server.close();
        log.close();
    }

    @Test
    void isCreatedShownChangedAndDeleted() {
        ApiClient.Answer created = api.post(notes, "{\"text\": \"rack 7\"}");
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.header("X-Object-Id");
        assertThat(id).matches("no\\w{10}");
        assertThat(created.header("Location")).isEqualTo(api.url(notes) + "/" + id);

        JsonNode shown = api.get(notes + "/" + id).json();
        assertThat(shown.path("text").asText()).isEqualTo("rack 7");
        assertThat(shown.path("subject").asText()).isEqualTo("none");
        assertThat(shown.path("created_at").asLong()).isEqualTo(Samples.NOW.toEpochMilli());

        assertThat(api.put(notes + "/" + id, "{\"text\": \"rack 8\"}").status()).isEqualTo(204);
        assertThat(api.get(notes + "/" + id).json().path("text").asText()).isEqualTo("rack 8");

        assertThat(api.delete(notes + "/" + id).status()).isEqualTo(204);
        api.get(notes + "/" + id).assertFault(404, "notFoundError");
    }

    @Test
    void isListedInPages() {
        List<String> ids = List.of(
                api.create(notes, "{\"text\": \"one\"}"),
                api.create(notes, "{\"text\": \"two\"}"),
                api.create(notes, "{\"text\": \"three\"}"));

        assertThat(api.follow(notes + "?limit=2", "id"))
                .containsExactlyElementsOf(ids.stream().sorted().toList());
        api.get(notes + "?limit=0").assertFault(400, "invalidLimit");
    }

    @Test
    void hasItsLimit() {
        for (int note = 0; note < 3; note++) {
            api.create(notes, "{\"text\": \"one of three\"}");
        }

        api.post(notes, "{\"text\": \"the fourth\"}").assertFault(400, "limitReached");
    }

    @Test
    void refusesBadAndUnknownFieldsByName() {
        api.post(notes, "{\"subject\": \"no text\"}").assertBadField("badRequest", "text");
        api.post(notes, "{\"text\": \"x\", \"colour\": \"red\"}").assertBadField("badRequest", "colour");

        String id = api.create(notes, "{\"text\": \"x\"}");
        api.put(notes + "/" + id, "{\"created_at\": 1}").assertBadField("badRequest", "created_at");
    }

    @Test
    void isNotThereWithoutItsEntity() {
        String other = "/entities/enX/notes";

        api.post(other, "{\"text\": \"x\"}").assertFault(404, "parentNotFoundError");
        api.get(other).assertFault(404, "parentNotFoundError");
        api.get(other + "/noX").assertFault(404, "notFoundError");
        api.put(notes + "/noX", "{}").assertFault(404, "notFoundError");
        api.delete(notes + "/noX").assertFault(404, "notFoundError");
    }

    @Test
    void isDeletedWithItsEntity() {
        String id = api.create(notes, "{\"text\": \"x\"}");

        assertThat(api.delete("/entities/" + entity).status()).isEqualTo(204);

        api.get(notes + "/" + id).assertFault(404, "notFoundError");
    }
}
