package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How large resources may be, and how many there may be of them. */
class ResourceBoundsApiTest {
    private RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    /** Fault: entities of 509 KB were taken, and 20 of them were an answer of 29 MB. */
    @Test
    void boundsAResourceAsItIsStored() {
        ApiClient.Answer fits = api.post("/entities", entity(64_000));
        ApiClient.Answer tooLarge = api.post("/entities", entity(66_000));

        assertThat(fits.status()).as(fits.text()).isEqualTo(201);
        tooLarge.assertFault(413, "requestTooLargeError");
        assertThat(tooLarge.json().path("message").asText())
                .matches("Entity has \\d+ bytes as it is stored, and may have 65536: .*");
        api.put("/entities/" + fits.header("X-Object-Id"), entity(66_000)).assertFault(413, "requestTooLargeError");
    }

    @Test
    void endsAPageBeforeItBecomesTooLong() {
        List<String> ids = new ArrayList<>();
        for (int index = 0; index < 40; index++) {
            ids.add(api.create("/entities", entity(60_000)));
        }

        ApiClient.Answer first = api.get("/entities?limit=1000");

        assertThat(first.text().length()).isBetween(900_000, (1 << 20) + 1_000);
        assertThat(first.json().at("/metadata/count").asInt()).isBetween(10, 20);
        assertThat(first.json().at("/metadata/next_marker").isNull()).isFalse();
        assertThat(api.follow("/entities?limit=1000", "id")).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(api.get("/entities?limit=1").json().at("/metadata/count").asInt())
                .isEqualTo(1);
        assertThat(api.get("/views/overview?limit=1000").text().length()).isLessThan((1 << 20) + 10_000);
    }

    /** Fault: there was no limit. */
    @Test
    void limitsTheNumberOfEntities() {
        restart(Map.of(GatewayConfig.MAX_ENTITIES_PER_TENANT, "2"));
        String first = api.createEntity();
        api.createEntity();

        ApiClient.Answer third = api.post("/entities", "{\"label\": \"web\"}");

        third.assertFault(400, "limitReached");
        assertThat(third.json().at("/details/limit").asInt()).isEqualTo(2);
        api.delete("/entities/" + first);
        api.createEntity();
    }

    /** Fault: some 430 entities of 509 KB ended a gateway of 256 MB for good. */
    @Test
    void limitsTheMemoryOfATenant() {
        restart(Map.of(GatewayConfig.MAX_CONFIGURATION_BYTES_PER_TENANT, "150000"));
        String one = api.create("/entities", entity(60_000));
        String other = api.create("/entities", entity(60_000));

        ApiClient.Answer refused = api.post("/entities", entity(60_000));

        refused.assertFault(400, "limitReached");
        assertThat(refused.json().path("message").asText()).contains("150000 bytes of memory");
        assertThat(api.post("/v1.0/other/entities", entity(60_000)).status()).isEqualTo(201);
        assertThat(api.put("/entities/" + one, "{\"metadata\": {}}").status()).isEqualTo(204);
        assertThat(api.put("/entities/" + one, entity(60_000)).status()).isEqualTo(204);
        assertThat(api.delete("/entities/" + other).status()).isEqualTo(204);
        assertThat(api.post("/entities", entity(60_000)).status()).isEqualTo(201);
    }

    /** Fault: 9000 alarms on one check, each judged for each of its results, held up all others for minutes. */
    @Test
    void limitsTheAlarmsOfACheck() {
        String entity = api.createEntity();
        String check = api.createCheck(entity);
        String first = api.createAlarm(entity, check);
        for (int index = 1; index < AlarmKind.MAX_PER_CHECK; index++) {
            api.createAlarm(entity, check);
        }

        ApiClient.Answer refused = api.post("/entities/" + entity + "/alarms", alarm(check));

        refused.assertFault(400, "limitReached");
        assertThat(refused.json().path("message").asText()).isEqualTo("A check may have 250 alarms");
        api.createAlarm(entity, api.createCheck(entity));
        assertThat(api.put("/entities/" + entity + "/alarms/" + first, "{\"label\": \"first\"}")
                        .status())
                .isEqualTo(204);
        api.delete("/entities/" + entity + "/alarms/" + first);
        api.createAlarm(entity, check);
    }

    @Test
    void leavesAnEntityWithTooMuchOutOfOverviews() {
        String large = api.createEntity();
        String check = api.createCheck(large);
        String criteria = "#" + "x".repeat(16_000) + "\\nreturn OK";
        for (int index = 0; index < 240; index++) {
            api.create(
                    "/entities/" + large + "/alarms", """
                    {"check_id": "%s", "notification_plan_id": "npTechnicalContactsEmail", "criteria": "%s",
                     "metadata": {"a": "%s", "b": "%s"}}""".formatted(check, criteria, "m".repeat(255), "m".repeat(255)));
        }
        assertThat(api.get("/views/overview").status()).isEqualTo(200);

        for (int index = 0; index < 10; index++) {
            String another = api.createCheck(large);
            for (int alarm = 0; alarm < 10; alarm++) {
                api.create("/entities/" + large + "/alarms", """
                        {"check_id": "%s", "notification_plan_id": "npTechnicalContactsEmail", "criteria": "%s"}""".formatted(another, criteria));
            }
        }

        ApiClient.Answer overview = api.get("/views/overview");
        overview.assertFault(400, "limitReached");
        assertThat(overview.json().path("message").asText()).contains("list them by themselves");
        JsonNode alarms = api.get("/entities/" + large + "/alarms?limit=1000").json();
        assertThat(alarms.at("/metadata/count").asInt()).isBetween(30, 100);
    }

    private void restart(Map<String, String> settings) {
        api.close();
        api = new RunningApi(settings);
    }

    private static String alarm(String check) {
        return "{\"check_id\": \"" + check + "\", \"notification_plan_id\": \"npTechnicalContactsEmail\"}";
    }

    /** One with so many bytes of metadata. */
    private static String entity(int bytes) {
        ObjectNode entity = Json.MAPPER.createObjectNode().put("label", "web");
        ObjectNode metadata = entity.putObject("metadata");
        int rest = bytes;
        for (int index = 0; rest > 0; index++) {
            String key = "k%09d".formatted(index) + "x".repeat(240);
            metadata.put(key, "v".repeat(Math.max(1, Math.min(250, rest - 250))));
            rest -= 500;
        }
        return entity.toString();
    }
}
