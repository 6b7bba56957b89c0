package io.tidewatch.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.InvalidDetailsException;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChannelTypesTest {
    private static final String UUID = "6f1c3f2a-53c1-4b6e-9d5e-0a1b2c3d4e5f";

    /** What each type takes, with every field. */
    private static final Map<String, Map<String, Object>> COMPLETE = Map.of(
            "webhook",
            Map.of("url", "https://example.org/hook", "token", "t".repeat(64), "signing_secret", "whsec_" + base64(24)),
            "email",
            Map.of("address", "some.one+tide@mail.example.org"),
            "pagerduty",
            Map.of("service_key", "aZ09".repeat(8), "service_endpoint", "http://pager.example.org/"),
            "alertmanager",
            Map.of(
                    "urls", Collections.nCopies(10, "http://am.example.org:9093/prefix"),
                    "user", "tide",
                    "password", "watch"),
            "slack",
            Map.of("url", "https://hooks.example.org/services/T/B/x"),
            "msteams",
            Map.of("url", "https://example.org/workflows/x"),
            "victorops",
            Map.of("api_key", UUID, "routing_key", "team-1_a.b"),
            "cloudevents",
            Map.of("url", "https://broker.example.org/"),
            "custom",
            Map.of(
                    "url", "https://example.org/",
                    "method", "PUT",
                    "headers", Map.of("Authorization", "Bearer x"),
                    "body", "{\"text\": \"{{details.state}}\"}"));

    @ParameterizedTest
    @MethodSource
    void isDeclaredWithoutRepetitionsAndForPeople(ChannelType type) {
        assertThat(type.id()).matches("[a-z]{1,32}");
        assertThat(type.label()).isNotBlank();
        assertThat(type.description()).endsWith(".");
        assertThat(type.fields()).extracting(Field::name).doesNotHaveDuplicates();
        assertThat(type.fields()).extracting(Field::description).allMatch(text -> text.endsWith("."));
    }

    static Stream<ChannelType> isDeclaredWithoutRepetitionsAndForPeople() {
        return ChannelTypes.ALL.list().stream();
    }

    @ParameterizedTest
    @MethodSource("isDeclaredWithoutRepetitionsAndForPeople")
    void takesEveryFieldThatItDeclares(ChannelType type) {
        Map<String, Object> details = new HashMap<>(COMPLETE.getOrDefault(type.id(), Map.of()));
        if (!type.equals(Email.TYPE)) {
            details.putAll(Map.of("proxy", "http://proxy.example.org:3128", "proxy_user", "u", "proxy_password", "p"));
        }

        assertThat(type.stored(details, Set.of())).isEqualTo(details);
        assertThat(type.fields()).extracting(Field::name).containsExactlyInAnyOrderElementsOf(details.keySet());
    }

    @Test
    void keepsSecretWhatOpensAReceiver() {
        assertThat(ChannelTypes.ALL.list().stream()
                        .flatMap(type -> type.fields().stream()
                                .filter(Field::isSecret)
                                .map(field -> type.id() + "." + field.name())))
                .containsExactly(
                        "alertmanager.password",
                        "alertmanager.proxy_password",
                        "cloudevents.url",
                        "cloudevents.proxy_password",
                        "custom.url",
                        "custom.headers",
                        "custom.proxy_password",
                        "msteams.url",
                        "msteams.proxy_password",
                        "pagerduty.service_key",
                        "pagerduty.proxy_password",
                        "slack.url",
                        "slack.proxy_password",
                        "victorops.api_key",
                        "victorops.proxy_password",
                        "webhook.url",
                        "webhook.token",
                        "webhook.signing_secret",
                        "webhook.proxy_password");
    }

    @ParameterizedTest
    @MethodSource
    void namesTheFieldThatIsUnfit(String type, String field, Object value, String message) {
        Map<String, Object> details = new HashMap<>(COMPLETE.getOrDefault(type, Map.of()));
        details.put(field, value);

        assertThatThrownBy(() -> ChannelTypes.ALL.find(type).orElseThrow().stored(details, Set.of()))
                .isInstanceOf(InvalidDetailsException.class)
                .hasMessageContaining(message);
    }

    @Test
    void takesNoProxyInThePlaceOfAnother() {
        Map<String, Object> details = Map.of("url", "https://example.org/hook", "proxy", "none");

        assertThat(Webhook.TYPE.stored(details, Set.of())).isEqualTo(details);
    }

    static Stream<Arguments> namesTheFieldThatIsUnfit() {
        String proxy = "details.proxy has to be http:// and a host and a port, with nothing behind them; or it is none";
        String signing = "details.signing_secret has to be whsec_ and 24 to 64 bytes in base64";
        String address = "details.address has to be one mail address, such as someone@example.org";
        String body = "details.body has to be one JSON value, nested at most 16 deep";
        return Stream.of(
                Arguments.of("slack", "proxy", "https://proxy.example.org", proxy),
                Arguments.of("slack", "proxy", "http://proxy.example.org/x", proxy),
                Arguments.of("slack", "proxy", "http://u:p@proxy.example.org", "without user and password"),
                Arguments.of("webhook", "url", "", "details.url is required"),
                Arguments.of("webhook", "url", "ftp://a.b", "details.url is not an http or https URL"),
                Arguments.of("webhook", "url", "https://u:p@a.b", "details.url has no plain host and port"),
                Arguments.of("webhook", "token", "t".repeat(65), "details.token has 65 characters"),
                Arguments.of("webhook", "token", "a\r\nb", "details.token has a control character"),
                Arguments.of("webhook", "signing_secret", base64(32), signing),
                Arguments.of("webhook", "signing_secret", "whsec_" + base64(23), signing),
                Arguments.of("webhook", "signing_secret", "whsec_" + base64(65), signing),
                Arguments.of("webhook", "signing_secret", "whsec_!", signing),
                Arguments.of("webhook", "colour", "red", "details.colour is not a field here; the fields are"),
                Arguments.of("email", "address", "nobody", address),
                Arguments.of("email", "address", "a@b, c@d", address),
                Arguments.of("email", "address", "a@b,c@d", address),
                Arguments.of("email", "address", "a@b@c", address),
                Arguments.of("email", "address", "a@b\r\nBcc: c@d", address),
                Arguments.of("email", "address", "a @b", address),
                Arguments.of("email", "address", "<a@b>", address),
                Arguments.of("email", "address", "@b", address),
                Arguments.of("email", "address", "a@" + "b".repeat(254), "details.address has 256 characters"),
                Arguments.of("pagerduty", "service_key", "a".repeat(33), "details.service_key has 33 characters"),
                Arguments.of("pagerduty", "service_key", "a-b", "details.service_key has to be letters and digits"),
                Arguments.of("alertmanager", "urls", List.of(), "details.urls has 0 items, but needs 1"),
                Arguments.of(
                        "alertmanager",
                        "urls",
                        IntStream.range(0, 11).mapToObj(i -> "http://a" + i).toList(),
                        "details.urls has 11 items, but may have 10"),
                Arguments.of(
                        "alertmanager",
                        "urls",
                        List.of("http://a", "gopher://b"),
                        "details.urls[1] is not an http or https URL"),
                Arguments.of("alertmanager", "urls", "http://a", "details.urls has to be a list of 1 to 10 items"),
                Arguments.of(
                        "victorops",
                        "api_key",
                        UUID.replace("-4", "-1"),
                        "details.api_key has to be a UUID of version 4"),
                Arguments.of("victorops", "routing_key", "a b", "details.routing_key has to be letters, digits"),
                Arguments.of("custom", "method", "GET", "details.method has to be one of POST, PUT"),
                Arguments.of("custom", "headers", Map.of("Host", "x"), "a key that is set by the notifier itself"),
                Arguments.of(
                        "custom", "headers", Map.of("Webhook-Id", "x"), "a key that is set by the notifier itself"),
                Arguments.of("custom", "headers", Map.of("a b", "x"), "a key that is not a header name"),
                Arguments.of("custom", "headers", Map.of("a", "x\ny"), "details.headers.a has a control character"),
                Arguments.of("custom", "body", "{", body),
                Arguments.of("custom", "body", "{} {}", body),
                Arguments.of("custom", "body", "{\"a\": 1, \"a\": 2}", body),
                Arguments.of("custom", "body", " ", body),
                Arguments.of("custom", "body", "{{state}}", body),
                Arguments.of("custom", "body", "[".repeat(17) + "]".repeat(17), body),
                Arguments.of("custom", "body", " ".repeat(16_385), "details.body has 16385 characters"));
    }

    @Test
    void takesABodyAtItsLimits() {
        Map<String, Object> details = Map.of(
                "url", "https://example.org/", "body", "[".repeat(16) + "]".repeat(16) + " ".repeat(16_384 - 32));

        assertThat(Custom.TYPE.stored(details, Set.of())).isEqualTo(details);
    }

    @Test
    void looksAtNothingThatStandsForAValueThatFits() {
        Map<String, Object> details = Map.of("service_key", "…", "service_endpoint", "http://a.b");

        assertThat(PagerDuty.TYPE.stored(details, Set.of("service_key"))).isEqualTo(details);
    }

    @ParameterizedTest
    @CsvSource({"managed", "technicalContactsEmail", "sms", "atomHopper"})
    void saysOfATypeOfRackspaceThatItHasNoProvider(String id) {
        assertThat(ChannelTypes.ALL.find(id)).isEmpty();
        assertThat(ChannelTypes.ALL.absence(id))
                .startsWith("Tidewatch has no provider for ")
                .endsWith("so that it does not offer the type " + id
                        + "; the types are alertmanager, cloudevents, custom, email, msteams, pagerduty, slack,"
                        + " victorops, webhook");
    }

    @Test
    void saysOfAnyOtherTypeThatItIsNone() {
        assertThat(ChannelTypes.ALL.absence("pigeon")).startsWith("pigeon is not a notification type; the types are ");
    }

    @Test
    void refusesTwoTypesWithOneId() {
        assertThatThrownBy(() -> new ChannelTypes(List.of(Slack.TYPE, Slack.TYPE)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("slack");
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }
}
