package io.tidewatch.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.gateway.RunningApi;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CheckTypeApiTest {
    private final RunningApi api = new RunningApi(Map.of());

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsOneTypeAsItIsDeclared() {
        assertThat(api.get("/check_types/remote.ping").json().toString()).isEqualTo("""
                {"id":"remote.ping","type":"remote","category":"remote","label":"Ping",\
                "description":"Sends ICMP echo requests. Available if one of them was answered.",\
                "fields":[{"name":"count","description":"How many echo requests a run sends.","optional":true,\
                "kind":"integer","accepted":"an integer from 1 to 15","secret":false,"default":5,\
                "limits":{"maximum":15,"minimum":1}}],\
                "metrics":[{"name":"count","type":"integer","unit":"packets"},\
                {"name":"available","type":"decimal","unit":"percent"},\
                {"name":"minimum","type":"decimal","unit":"milliseconds"},\
                {"name":"maximum","type":"decimal","unit":"milliseconds"},\
                {"name":"average","type":"decimal","unit":"milliseconds"}],"consecutive_count":3}""");
    }

    @Test
    void listsAllTypesWithTheFieldsThatClientsRead() {
        JsonNode values = api.get("/check_types").json().path("values");

        assertThat(values)
                .extracting(type -> type.path("id").textValue())
                .containsExactlyElementsOf(
                        CheckTypes.ALL.list().stream().map(CheckType::id).toList());
        assertThat(values).allSatisfy(type -> {
            assertThat(type.path("type").textValue()).isIn("remote", "agent");
            assertThat(type.path("fields").isArray()).isTrue();
            assertThat(type.path("fields")).allSatisfy(field -> {
                assertThat(field.path("name").textValue()).isNotBlank();
                assertThat(field.path("description").textValue()).isNotBlank();
                assertThat(field.path("optional").isBoolean()).isTrue();
            });
        });
    }

    @Test
    void tellsSecretsAndDefaultsAndUnknownMetrics() {
        JsonNode http = api.get("/check_types/remote.http").json();
        JsonNode plugin = api.get("/check_types/agent.plugin").json();

        assertThat(field(http, "auth_password").path("secret").booleanValue()).isTrue();
        assertThat(field(http, "method").path("default").textValue()).isEqualTo("GET");
        assertThat(field(http, "url").path("optional").booleanValue()).isFalse();
        assertThat(plugin.path("metrics").isNull()).isTrue();
        assertThat(field(plugin, "args").path("kind").textValue()).isEqualTo("list");
    }

    @Test
    void givesThePagesThatAreAskedFor() {
        JsonNode first = api.get("/check_types?limit=2").json();
        String marker = first.path("metadata").path("next_marker").textValue();
        JsonNode second = api.get("/check_types?limit=1&marker=" + marker).json();

        assertThat(first.path("values")).hasSize(2);
        assertThat(first.path("metadata").path("count").intValue()).isEqualTo(2);
        assertThat(first.path("metadata").path("next_href").textValue())
                .endsWith("/check_types?limit=2&marker=" + marker);
        assertThat(second.path("values").path(0).path("id").textValue()).isEqualTo(marker);
    }

    @Test
    void knowsNoOtherTypes() {
        api.get("/check_types/remote.telepathy").assertFault(404, "notFoundError");
        api.get("/check_types?limit=0").assertFault(400, "invalidLimit");
    }

    private static JsonNode field(JsonNode type, String name) {
        for (JsonNode field : type.path("fields")) {
            if (field.path("name").textValue().equals(name)) {
                return field;
            }
        }
        throw new AssertionError("no field " + name);
    }
}
