package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.schema.Notification;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.secrets.SecretPlace;
import io.tidewatch.settings.Settings;
import io.tidewatch.topics.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotificationApiTest {
    private static final String NOTIFICATIONS = "/notifications";
    private static final String WEBHOOK = """
            {"label": "ops", "type": "webhook", "details": {"url": "https://Hooks.example.org:8443/T0/B0/hidden?k=v",
             "token": "0123456789abcdef", "signing_secret": "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"},
             "metadata": {"a": "b"}}""";

    private RunningApi api = new RunningApi(Map.of(GatewayConfig.MAX_NOTIFICATIONS_PER_TENANT, "3"));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatWasCreatedWithHintsInThePlaceOfSecrets() {
        String id = api.create(NOTIFICATIONS, WEBHOOK);

        assertThat(id).startsWith("nt");
        assertThat(api.get(NOTIFICATIONS + "/" + id).json().toString()).isEqualTo("""
                {"id":"%s","label":"ops","type":"webhook","details":{"url":"https://hooks.example.org/…",\
                "token":"…cdef","signing_secret":"…MTIz"},"metadata":{"a":"b"},\
                "created_at":1772366400000,"updated_at":1772366400000}""".formatted(id));
    }

    @Test
    void storesSecretsSealedAndNowhereElse() {
        String id = api.create(NOTIFICATIONS, WEBHOOK);

        LogEntry entry = api.log.entries(Topic.NOTIFICATIONS).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme"));
        assertThat(api.log.entries().toString()).doesNotContain("hidden", "0123456789", "MDEyMzQ1");
        assertThat(secret(stored(), "url")).isEqualTo("https://Hooks.example.org:8443/T0/B0/hidden?k=v");
        assertThat(secret(stored(), "token")).isEqualTo("0123456789abcdef");
        assertThat(secret(stored(), "signing_secret")).isEqualTo("whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz");
        assertThat(Stream.of(NOTIFICATIONS, NOTIFICATIONS + "/" + id)
                        .map(path -> api.get(path).text()))
                .noneMatch(answer -> answer.contains("hidden") || answer.contains("0123456789"));
    }

    @Test
    void sealsAMapAsJsonAndShowsNothingOfIt() {
        String id = api.create(NOTIFICATIONS, """
                {"label": "own", "type": "custom", "details": {"url": "http://192.0.2.1/x", "method": "PUT",
                 "headers": {"Authorization": "Bearer abcdefghijklmnopqrstuvwxyz"}, "body": "{\\"t\\": \\"{{event_id}}\\"}"}}""");

        assertThat(details(id).toString()).isEqualTo("""
                {"url":"http://192.0.2.1/…","method":"PUT","headers":"…","body":"{\\"t\\": \\"{{event_id}}\\"}"}""");
        assertThat(secret(stored(), "headers")).isEqualTo("""
                {"Authorization":"Bearer abcdefghijklmnopqrstuvwxyz"}""");

        assertThat(api.put(NOTIFICATIONS + "/" + id, "{\"label\": \"ours\"}").status())
                .isEqualTo(204);
        assertThat(secret(stored(), "headers")).contains("Bearer abc");
    }

    @Test
    void sendsNoKeptSecretToAnotherPlace() {
        String id = api.create(NOTIFICATIONS, """
                {"label": "hook", "type": "webhook",
                 "details": {"url": "https://a.b/hook", "token": "0123456789abcdef"}}""");

        api.put(NOTIFICATIONS + "/" + id, "{\"details\": {\"url\": \"https://evil.example/\", \"token\": \"…cdef\"}}")
                .assertBadField("badRequest", "details.token");
    }

    @Test
    void keepsASecretWhoseHintIsSentBack() {
        String id = api.create(NOTIFICATIONS, WEBHOOK);
        String sealed = stored().getSecrets().get("url");
        JsonNode shown = api.get(NOTIFICATIONS + "/" + id).json();

        assertThat(api.put(NOTIFICATIONS + "/" + id, "{\"label\": \"night\"}").status())
                .isEqualTo(204);
        assertThat(api.put(NOTIFICATIONS + "/" + id, shown.toString()).status()).isEqualTo(204);

        assertThat(stored().getLabel()).isEqualTo("ops");
        assertThat(stored().getSecrets()).hasSize(3).containsEntry("url", sealed);
        assertThat(api.get(NOTIFICATIONS + "/" + id).json()).isEqualTo(shown);
    }

    @Test
    void sealsANewSecretAndForgetsOneThatIsLeftOut() {
        String id = api.create(NOTIFICATIONS, WEBHOOK);

        ApiClient.Answer changed = api.put(NOTIFICATIONS + "/" + id, """
                {"details": {"url": "https://hooks.example.org/…", "token": "short"}}""");

        assertThat(changed.status()).isEqualTo(204);
        assertThat(details(id).toString()).isEqualTo("""
                {"url":"https://hooks.example.org/…","token":"…"}""");
        assertThat(stored().getSecrets()).containsOnlyKeys("url", "token");
        assertThat(secret(stored(), "url")).endsWith("hidden?k=v");
        assertThat(secret(stored(), "token")).isEqualTo("short");
    }

    @Test
    void refusesAHintThatIsNotThatOfTheSecret() {
        String id = api.create(NOTIFICATIONS, WEBHOOK);

        api.post(NOTIFICATIONS, """
                {"label": "copy", "type": "webhook", "details": {"url": "https://hooks.example.org/…"}}""").assertBadField("badRequest", "details.url");
        api.put(NOTIFICATIONS + "/" + id, "{\"details\": {\"url\": \"https://a.b/\", \"token\": \"…wxyz\"}}")
                .assertBadField("badRequest", "details.token");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "label                    | {'type': 'email', 'details': {'address': 'a@b.c'}}",
                "type                     | {'label': 'x', 'details': {'address': 'a@b.c'}}",
                "type                     | {'label': 'x', 'type': 'pigeon', 'details': {}}",
                "type                     | {'label': 'x', 'type': 'sms', 'details': {'phone_number': '+15551234567'}}",
                "type                     | {'label': 'x', 'type': 'managed'}",
                "type                     | {'label': 'x', 'type': 'technicalContactsEmail'}",
                "type                     | {'label': 'x', 'type': 'atomHopper', 'details': {'category': 'x'}}",
                "details.address          | {'label': 'x', 'type': 'email'}",
                "details.address          | {'label': 'x', 'type': 'email', 'details': {'address': 'a@b.c, d@e.f'}}",
                "details.url              | {'label': 'x', 'type': 'webhook', 'details': {}}",
                "details.url              | {'label': 'x', 'type': 'webhook', 'details': {'url': 'gopher://a.b'}}",
                "details.address          | {'label': 'x', 'type': 'slack', 'details': {'url': 'http://a.b', 'address': 'x'}}",
                "details.service_key      | {'label': 'x', 'type': 'pagerduty', 'details': {'service_key': 'a-b'}}",
                "details.urls[0]          | {'label': 'x', 'type': 'alertmanager', 'details': {'urls': ['x']}}",
                "details.headers.Host     | {'label': 'x', 'type': 'custom', 'details': {'url': 'http://a.b', 'body': '1', 'headers': {'Host': 'x'}}}",
                "colour                   | {'label': 'x', 'type': 'email', 'details': {'address': 'a@b.c'}, 'colour': 'red'}"
            })
    void namesTheFieldThatIsBad(String field, String body) {
        api.post(NOTIFICATIONS, body.replace('\'', '"')).assertBadField("badRequest", field);

        assertThat(api.log.entries()).isEmpty();
    }

    /** As libcloud, pyrax, fog, gorax and Ansible's modules send them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'label': 'x', 'type': 'email', 'details': {'address': 'a@b.c'}}",
                "{'label': 'x', 'type': 'webhook', 'details': {'url': 'https://a.b/c'}, 'metadata': null}",
                "{'label': 'x', 'type': 'pagerduty', 'details': {'service_key': 'abcDEF123'}, 'who': null, 'why': null}",
                "{'label': 'x', 'type': 'victorops', 'details': {'api_key': '6f1c3f2a-53c1-4b6e-9d5e-0a1b2c3d4e5f', 'routing_key': null}}",
                "{'label': 'x', 'type': 'alertmanager', 'details': {'urls': ['http://a:9093', 'http://b:9093'], 'password': 'p'}}",
                "{'label': 'x', 'type': 'msteams', 'details': {'url': 'https://a.b/c'}}",
                "{'label': 'x', 'type': 'cloudevents', 'details': {'url': 'https://a.b/c'}}"
            })
    void takesWhatClientsSend(String body) {
        String id = api.create(NOTIFICATIONS, body.replace('\'', '"'));

        JsonNode shown = api.get(NOTIFICATIONS + "/" + id).json();
        assertThat(shown.path("label").asText()).isEqualTo("x");
        assertThat(shown.path("details").isObject()).isTrue();
        assertThat(api.put(NOTIFICATIONS + "/" + id, body.replace("'x'", "'y'").replace('\'', '"'))
                        .status())
                .isEqualTo(204);
        assertThat(api.delete(NOTIFICATIONS + "/" + id).status()).isEqualTo(204);
        api.get(NOTIFICATIONS + "/" + id).assertFault(404, "notFoundError");
    }

    @Test
    void refusesAnotherType() {
        String id = api.create(NOTIFICATIONS, WEBHOOK);

        api.put(NOTIFICATIONS + "/" + id, "{\"type\": \"slack\"}").assertBadField("badRequest", "type");
    }

    @Test
    void takesNoSecretWithoutAKeyAndSaysWhichSettingIsMissing() {
        api.close();
        api = new RunningApi(Map.of(SecretBox.KEYS, ""));

        ApiClient.Answer refused = api.post(NOTIFICATIONS, WEBHOOK);

        refused.assertFault(503, "systemFailureError");
        assertThat(refused.json().path("message").asText())
                .startsWith("details.url")
                .contains("secrets.keys");
        assertThat(refused.text()).doesNotContain("hidden");
        api.create(NOTIFICATIONS, "{\"label\": \"x\", \"type\": \"email\", \"details\": {\"address\": \"a@b.c\"}}");
    }

    @Test
    void refusesToDeleteOneThatAPlanNames() {
        String told = api.create(NOTIFICATIONS, WEBHOOK);
        String escalated = api.create(NOTIFICATIONS, WEBHOOK);
        String plan = api.create("/notification_plans", """
                {"label": "ops", "unknown_state": ["%s"], "escalation": [{"after": 600, "notifications": ["%s"]}]}""".formatted(told, escalated));

        ApiClient.Answer refused = api.delete(NOTIFICATIONS + "/" + told);

        refused.assertFault(400, "childrenExistError");
        assertThat(refused.json().path("message").asText())
                .isEqualTo("Notification " + told + " is named by the plans " + plan + ": change or delete them first");
        assertThat(refused.json().at("/details/plans").toString()).isEqualTo("[\"" + plan + "\"]");
        api.delete(NOTIFICATIONS + "/" + escalated).assertFault(400, "childrenExistError");

        assertThat(api.put("/notification_plans/" + plan, "{\"unknown_state\": [], \"escalation\": null}")
                        .status())
                .isEqualTo(204);
        assertThat(api.delete(NOTIFICATIONS + "/" + told).status()).isEqualTo(204);
    }

    @Test
    void hasAFallbackThatExistsAndIsKept() {
        String last = api.create(NOTIFICATIONS, WEBHOOK);
        String first = api.create(NOTIFICATIONS, WEBHOOK.replaceFirst("\\{", "{\"fallback\": \"" + last + "\", "));

        assertThat(api.get(NOTIFICATIONS + "/" + first).json().path("fallback").asText())
                .isEqualTo(last);
        assertThat(stored().getFallback()).isEqualTo(last);
        ApiClient.Answer refused = api.delete(NOTIFICATIONS + "/" + last);
        refused.assertFault(400, "childrenExistError");
        assertThat(refused.json().at("/details/notifications").toString()).isEqualTo("[\"" + first + "\"]");
        assertThat(api.put(NOTIFICATIONS + "/" + first, "{\"fallback\": null}").status())
                .isEqualTo(204);
        assertThat(api.delete(NOTIFICATIONS + "/" + last).status()).isEqualTo(204);
    }

    @Test
    void refusesAFallbackThatIsNoneOrLeadsBack() {
        String last = api.create(NOTIFICATIONS, WEBHOOK);
        String first = api.create(NOTIFICATIONS, WEBHOOK.replaceFirst("\\{", "{\"fallback\": \"" + last + "\", "));

        api.put(NOTIFICATIONS + "/" + last, "{\"fallback\": \"ntNone\"}").assertFault(400, "requiredNotFoundError");
        api.put(NOTIFICATIONS + "/" + last, "{\"fallback\": \"" + last + "\"}").assertFault(400, "badRequest");
        ApiClient.Answer refused = api.put(NOTIFICATIONS + "/" + last, "{\"fallback\": \"" + first + "\"}");
        refused.assertFault(400, "badRequest");
        assertThat(refused.json().path("message").asText()).contains(last + " to " + first + " to " + last);
    }

    @Test
    void hasOneThatIsBuiltInForEveryTenant() {
        String path = NOTIFICATIONS + "/ntTechnicalContactsEmail";

        JsonNode shown = api.get(path).json();

        assertThat(shown.path("type").asText()).isEqualTo("technicalContactsEmail");
        assertThat(shown.path("details").isObject()).isTrue();
        api.put(path, "{\"label\": \"mine\"}").assertFault(403, "forbiddenError");
        api.delete(path).assertFault(403, "forbiddenError");
        assertThat(api.log.entries()).isEmpty();
    }

    @Test
    void listsTheBuiltInOneInItsPlace() {
        List<String> own = List.of(api.create(NOTIFICATIONS, WEBHOOK), api.create(NOTIFICATIONS, WEBHOOK));

        List<String> all = Stream.concat(own.stream(), Stream.of("ntTechnicalContactsEmail"))
                .sorted()
                .toList();
        assertThat(api.follow(NOTIFICATIONS, "id")).isEqualTo(all);
        assertThat(api.follow(NOTIFICATIONS + "?limit=1", "id")).isEqualTo(all);
        assertThat(api.follow("/v1.0/other/notifications", "id")).containsExactly("ntTechnicalContactsEmail");
    }

    @Test
    void refusesOneTooMany() {
        for (int i = 0; i < 3; i++) {
            api.create(NOTIFICATIONS, WEBHOOK);
        }

        api.post(NOTIFICATIONS, WEBHOOK).assertFault(400, "limitReached");
    }

    private JsonNode details(String id) {
        return api.get(NOTIFICATIONS + "/" + id).json().path("details");
    }

    private Notification stored() {
        List<LogEntry> entries = api.log.entries(Topic.NOTIFICATIONS);
        return (Notification) entries.get(entries.size() - 1).value().orElseThrow();
    }

    private static String secret(Notification notification, String field) {
        SecretPlace place = new SecretPlace(notification.getTenantId(), notification.getNotificationId(), field);
        return SecretBox.from(Settings.of(SecretBox.define(new ConfigDef()), Map.of(SecretBox.KEYS, RunningApi.KEY)))
                .orElseThrow()
                .open(notification.getSecrets().get(field), place);
    }
}
