package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.RunningApi;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DependsOnApiTest {
    private final RunningApi api = new RunningApi();
    private String router = "";
    private String web = "";
    private String ping = "";
    private String http = "";
    private String alarm = "";

    @BeforeEach
    void create() {
        router = api.createEntity();
        web = api.createEntity();
        ping = api.createCheck(web);
        http = api.createCheck(web);
        alarm = api.createAlarm(web, http);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void isShownOnEachKind() {
        set("/entities/" + web, router);
        set("/entities/" + web + "/checks/" + http, web + ":" + ping);
        set("/entities/" + web + "/alarms/" + alarm, router, web + ":" + ping);

        assertThat(shown("/entities/" + web)).isEqualTo("[\"" + router + "\"]");
        assertThat(shown("/entities/" + web + "/checks/" + http)).isEqualTo("[\"" + web + ":" + ping + "\"]");
        assertThat(shown("/entities/" + web + "/alarms/" + alarm))
                .isEqualTo("[\"" + router + "\",\"" + web + ":" + ping + "\"]");
        assertThat(shown("/entities/" + router)).isEqualTo("[]");
    }

    @Test
    void namesWhatExists() {
        refused("/entities/" + web, "requiredNotFoundError", "enNone");
        refused("/entities/" + web, "requiredNotFoundError", router + ":chNone");
        refused("/entities/" + web, "badRequest", ":x");
        refused("/entities/" + web, "badRequest", router + ":");
        api.put(
                        "/entities/" + web,
                        IntStream.range(0, 17)
                                .mapToObj(i -> "\"en" + i + "\"")
                                .collect(Collectors.joining(",", "{\"depends_on\": [", "]}")))
                .assertBadField("badRequest", "depends_on");
    }

    @Test
    void isNotTheResourceItselfNorWhatItBelongsTo() {
        refused("/entities/" + web, "badRequest", web);
        refused("/entities/" + web, "badRequest", web + ":" + ping);
        refused("/entities/" + web + "/checks/" + http, "badRequest", web);
        refused("/entities/" + web + "/checks/" + http, "badRequest", web + ":" + alarm);
        refused("/entities/" + web + "/alarms/" + alarm, "badRequest", web + ":" + http);
    }

    @Test
    void leadsNotBackToTheResource() {
        set("/entities/" + web + "/checks/" + http, web + ":" + ping);
        refused("/entities/" + web + "/checks/" + ping, "badRequest", web + ":" + http);
        refused("/entities/" + web + "/checks/" + ping, "badRequest", web + ":" + alarm);

        set("/entities/" + web, router);
        refused("/entities/" + router, "badRequest", web);
        refused("/entities/" + router, "badRequest", web + ":" + ping);
        api.put("/entities/" + router, "{\"depends_on\": [\"" + web + ":" + http + "\"]}")
                .assertBadField("badRequest", "depends_on[0]");
    }

    @Test
    void mayHaveGoneByTheTimeOfAnotherChange() {
        set("/entities/" + web, router);
        assertThat(api.delete("/entities/" + router).status()).isEqualTo(204);

        assertThat(api.put("/entities/" + web, "{\"label\": \"web 2\"}").status())
                .isEqualTo(204);
        assertThat(api.put("/entities/" + web, "{\"depends_on\": []}").status()).isEqualTo(204);
        refused("/entities/" + web, "requiredNotFoundError", router);
    }

    private void set(String path, String... names) {
        String list = String.join("\", \"", names);
        var answer = api.put(path, "{\"depends_on\": [\"" + list + "\"]}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(204);
    }

    private void refused(String path, String type, String name) {
        api.put(path, "{\"depends_on\": [\"" + name + "\"]}").assertBadField(type, "depends_on[0]");
    }

    private String shown(String path) {
        return api.get(path).json().path("depends_on").toString();
    }
}
