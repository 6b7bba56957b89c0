package io.tidewatch.gateway.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.RunningApi;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationTypeApiTest {
    private final RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsOneTypeAsItIsDeclared() {
        assertThat(api.get("/notification_types/pagerduty").json().toString()).startsWith("""
                {"id":"pagerduty","label":"PagerDuty",\
                "description":"Opens, and resolves, incidents of a service in PagerDuty.",\
                "fields":[{"name":"service_key",\
                "description":"The integration key of the service in PagerDuty: letters and digits.","optional":false,\
                "kind":"text","accepted":"a text of 1 to 32 characters","secret":true,"default":null,\
                "limits":{"max_characters":32}},\
                {"name":"service_endpoint",\
                "description":"Where events are posted to instead of PagerDuty's own address.","optional":true,\
                "kind":"url","accepted":"an absolute http or https URL of at most 8096 characters, without user and\
                 password","secret":false,"default":null,"limits":{"max_characters":8096}},\
                {"name":"proxy",""");
    }

    @Test
    void everyTypeOverHttpTakesAProxyOfItsOwn() {
        assertThat(api.get("/notification_types").json().path("values")).allSatisfy(type -> {
            boolean overHttp = !type.path("id").textValue().equals("email");
            assertThat(type.path("fields")
                            .findValuesAsText("name")
                            .containsAll(List.of("proxy", "proxy_user", "proxy_password")))
                    .as(type.path("id").textValue())
                    .isEqualTo(overHttp);
        });
    }

    @Test
    void listsThoseThatThereAreInTheOrderOfTheirIds() {
        assertThat(api.follow("/notification_types?limit=2", "id"))
                .containsExactly(
                        "alertmanager",
                        "cloudevents",
                        "custom",
                        "email",
                        "msteams",
                        "pagerduty",
                        "slack",
                        "victorops",
                        "webhook");
    }

    @Test
    void hasTheFieldsThatClientsRead() {
        assertThat(api.get("/notification_types").json().path("values"))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(type.path("fields")).isNotEmpty().allSatisfy(field -> {
                    assertThat(field.path("name").textValue()).isNotBlank();
                    assertThat(field.path("description").textValue()).isNotBlank();
                    assertThat(field.path("optional").isBoolean()).isTrue();
                }));
        JsonNode urls = api.get("/notification_types/alertmanager").json().at("/fields/0");
        assertThat(urls.path("limits").toString()).isEqualTo("{\"max_items\":10,\"min_items\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sms", "managed", "technicalContactsEmail", "atomHopper", "pigeon"})
    void showsNoneThatIsNotOffered(String id) {
        api.get("/notification_types/" + id).assertFault(404, "notFoundError");
    }
}
