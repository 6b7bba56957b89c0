package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.topics.Topic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntityApiTest {
    private final RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void answersACreationWithTheNewEntitysPlace() {
        ApiClient.Answer answer = api.post("/entities", "{\"label\": \"web\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.text()).isEmpty();
        assertThat(answer.header("X-Object-Id")).matches("en[A-Za-z0-9]{10}");
        assertThat(answer.header("Location")).isEqualTo(api.url("/entities/" + answer.header("X-Object-Id")));
    }

    @Test
    void showsWhatWasCreated() {
        String id = api.create("/entities", """
                {"label": "web", "agent_id": "agent-1", "uri": "https://example.org/web", "managed": true,
                 "ip_addresses": {"v4": "192.0.2.1", "v6": "2001:db8::1"}, "metadata": {"team": "a"}}""");

        JsonNode entity = api.get("/entities/" + id).json();

        assertThat(entity).isEqualTo(Samples.json("""
                {"id": "%s", "label": "web", "agent_id": "agent-1", "uri": "https://example.org/web", "managed": true,
                 "ip_addresses": {"v4": "192.0.2.1", "v6": "2001:db8::1"}, "metadata": {"team": "a"},
                 "active_suppressions": [], "scheduled_suppressions": [], "depends_on": [],
                 "created_at": 1772366400000, "updated_at": 1772366400000}""".formatted(id)));
    }

    @Test
    void changesOnlyWhatAnUpdateMentions() {
        String id = api.create("/entities", "{\"label\": \"web\", \"agent_id\": \"a\", \"uri\": \"u\"}");

        ApiClient.Answer answer = api.put("/entities/" + id, "{\"label\": \"db\", \"uri\": null}");

        assertThat(answer.status()).isEqualTo(204);
        JsonNode entity = api.get("/entities/" + id).json();
        assertThat(entity.path("label").asText()).isEqualTo("db");
        assertThat(entity.path("agent_id").asText()).isEqualTo("a");
        assertThat(entity.path("uri").isNull()).isTrue();
    }

    @Test
    void takesBackWhatItShowed() {
        String id = api.createEntity();
        JsonNode shown = api.get("/entities/" + id).json();

        ApiClient.Answer answer = api.put("/entities/" + id, shown.toString());

        assertThat(answer.status()).isEqualTo(204);
        assertThat(api.get("/entities/" + id).json()).isEqualTo(shown);
    }

    @Test
    void refusesToChangeAnId() {
        String id = api.createEntity();

        api.put("/entities/" + id, "{\"id\": \"enOther\"}").assertBadField("badRequest", "id");
    }

    @Test
    void deletesAlarmsThenChecksThenTheEntity() {
        String entity = api.createEntity();
        String check = api.createCheck(entity);
        String alarm = api.createAlarm(entity, check);

        ApiClient.Answer answer = api.delete("/entities/" + entity);

        assertThat(answer.status()).isEqualTo(204);
        List<LogEntry> tombstones = api.log.entries().stream()
                .filter(entry -> entry.value().isEmpty())
                .toList();
        assertThat(tombstones)
                .extracting(LogEntry::key)
                .containsExactly("acme/" + entity + "/" + alarm, "acme/" + entity + "/" + check, "acme/" + entity);
        api.get("/entities/" + entity).assertFault(404, "notFoundError");
        api.get("/entities/" + entity + "/checks/" + check).assertFault(404, "notFoundError");
    }

    @Test
    void keepsAnAliasThatACheckTargets() {
        String entity = api.createEntity();
        api.createCheck(entity);

        api.put("/entities/" + entity, "{\"ip_addresses\": {\"other\": \"192.0.2.2\"}}")
                .assertBadField("badRequest", "ip_addresses");
    }

    @Test
    void pagesThroughAllInTheOrderOfTheirIds() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(api.createEntity());
        }
        Collections.sort(ids);

        JsonNode first = api.get("/entities?limit=3").json();
        String next = first.at("/metadata/next_marker").asText();
        JsonNode second = api.get("/entities?limit=3&marker=" + next).json();

        assertThat(idsOf(first)).isEqualTo(ids.subList(0, 3));
        assertThat(next).isEqualTo(ids.get(3));
        assertThat(first.at("/metadata/count").asInt()).isEqualTo(3);
        assertThat(first.at("/metadata/limit").asInt()).isEqualTo(3);
        assertThat(first.at("/metadata/marker").isNull()).isTrue();
        assertThat(first.at("/metadata/next_href").asText())
                .isEqualTo(api.url("/entities?limit=3&marker=" + ids.get(3)));
        assertThat(idsOf(second)).isEqualTo(ids.subList(3, 5));
        assertThat(second.at("/metadata/marker").asText()).isEqualTo(next);
        assertThat(second.at("/metadata/next_marker").isNull()).isTrue();
        assertThat(second.at("/metadata/next_href").isNull()).isTrue();
    }

    @Test
    void endsTheListWithAFullPage() {
        api.createEntity();
        api.createEntity();

        JsonNode page = api.get("/entities?limit=2").json();

        assertThat(page.at("/metadata/count").asInt()).isEqualTo(2);
        assertThat(page.at("/metadata/next_marker").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "ten", ""})
    void refusesALimitThatIsNone(String limit) {
        api.get("/entities?limit=" + limit).assertBadField("invalidLimit", "limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1000"})
    void acceptsTheOutermostLimits(String limit) {
        assertThat(api.get("/entities?limit=" + limit).status()).isEqualTo(200);
    }

    @Test
    void keepsTenantsApart() {
        String id = api.createEntity();
        String neighbour = "/v1.0/acme-2/entities";

        assertThat(api.get(neighbour).json().at("/metadata/count").asInt(-1)).isZero();
        api.get(neighbour + "/" + id).assertFault(404, "notFoundError");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label                | {}",
                "label                | {'label': ''}",
                "label                | {'label': 7}",
                "lable                | {'label': 'x', 'lable': 'y'}",
                "id                   | {'label': 'x', 'id': 'en1'}",
                "agent_id             | {'label': 'x', 'agent_id': 'a b'}",
                "managed              | {'label': 'x', 'managed': 'yes'}",
                "ip_addresses         | {'label': 'x', 'ip_addresses': ['192.0.2.1']}",
                "ip_addresses.a       | {'label': 'x', 'ip_addresses': {'a': 'example.org'}}",
                "ip_addresses.a       | {'label': 'x', 'ip_addresses': {'a': '192.0.2.256'}}",
                "metadata.a           | {'label': 'x', 'metadata': {'a': 1}}",
                "metadata.a           | {'label': 'x', 'metadata': {'a': ''}}",
                "metadata.            | {'label': 'x', 'metadata': {'': 'a'}}"
            })
    void namesTheFieldThatIsBad(String field, String body) {
        api.post("/entities", body.replace('\'', '"')).assertBadField("badRequest", field);

        assertThat(api.log.entries(Topic.ENTITIES)).isEmpty();
    }

    @Test
    void measuresALabelInCharacters() {
        assertThat(api.post("/entities", "{\"label\": \"" + "😀".repeat(255) + "\"}")
                        .status())
                .isEqualTo(201);
        api.post("/entities", "{\"label\": \"" + "x".repeat(256) + "\"}").assertBadField("badRequest", "label");
    }

    private static List<String> idsOf(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("values").forEach(value -> ids.add(value.path("id").asText()));
        return ids;
    }

    /** Fault: the answer to a change had neither, and libcloud's driver raises without them. */
    @Test
    void answersAChangeWithTheEntitysPlaceAndId() {
        String id = api.createEntity();

        ApiClient.Answer answer = api.put("/entities/" + id, "{\"label\": \"db\"}");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Location")).isEqualTo(api.url("/entities/" + id));
        assertThat(answer.header("X-Object-Id")).isEqualTo(id);
    }

    /** Fault: two entities could have one agent, whose results could not be told apart. */
    @Test
    void refusesTheAgentOfAnotherEntity() {
        String one = api.create("/entities", "{\"label\": \"web\", \"agent_id\": \"agent-1\"}");
        String other = api.create("/entities", "{\"label\": \"db\"}");

        ApiClient.Answer created = api.post("/entities", "{\"label\": \"x\", \"agent_id\": \"agent-1\"}");
        created.assertBadField("badRequest", "agent_id");
        assertThat(created.json().path("message").asText()).contains(one);
        api.put("/entities/" + other, "{\"agent_id\": \"agent-1\"}").assertBadField("badRequest", "agent_id");

        assertThat(api.put("/entities/" + one, "{\"label\": \"web 1\", \"agent_id\": \"agent-1\"}")
                        .status())
                .isEqualTo(204);
        assertThat(api.post("/v1.0/other/entities", "{\"label\": \"x\", \"agent_id\": \"agent-1\"}")
                        .status())
                .isEqualTo(201);
        assertThat(api.put("/entities/" + one, "{\"agent_id\": null}").status()).isEqualTo(204);
        assertThat(api.put("/entities/" + other, "{\"agent_id\": \"agent-1\"}").status())
                .isEqualTo(204);
    }

    /** Fault: fields that this API does not know were refused even when they were null. */
    @Test
    void passesOverUnknownFieldsThatAreNull() {
        String id = api.create("/entities", "{\"label\": \"web\", \"colour\": null, \"confd_name\": null}");

        assertThat(api.put("/entities/" + id, "{\"colour\": null, \"confd_hash\": null}")
                        .status())
                .isEqualTo(204);
        api.put("/entities/" + id, "{\"colour\": \"red\"}").assertBadField("badRequest", "colour");
        api.put("/entities/" + id, "{\"active_suppressions\": [\"spOne\"]}")
                .assertBadField("badRequest", "active_suppressions");
    }

    /** Fault: booleans as text, as several clients send them, were refused. */
    @Test
    void takesABooleanAsText() {
        String id = api.create("/entities", "{\"label\": \"web\", \"managed\": \"True\"}");

        assertThat(api.get("/entities/" + id).json().path("managed").isBoolean())
                .isTrue();
        assertThat(api.get("/entities/" + id).json().path("managed").asBoolean())
                .isTrue();
        api.put("/entities/" + id, "{\"managed\": \"yes\"}").assertBadField("badRequest", "managed");
    }

    /** Fault: names of parameters in capitals, as some clients write them, were ignored. */
    @Test
    void takesParameterNamesInCapitals() {
        api.createEntity();
        api.createEntity();

        JsonNode page = api.get("/entities?LIMIT=1").json();

        assertThat(page.path("values")).hasSize(1);
        api.get("/entities?limit=1&LIMIT=2").assertBadField("badRequest", "limit");
    }
}
