package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.schema.Check;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.topics.Topic;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckApiTest {
    private static final String HTTP = """
            {"type": "remote.http", "target_alias": "main", "monitoring_zones_poll": ["mza"],
             "details": {"url": "https://example.org/"}}""";

    private final RunningApi api = new RunningApi(Map.of(GatewayConfig.MAX_CHECKS_PER_TENANT, "2"));
    private String entity = "";
    private String checks = "";

    @BeforeEach
    void createEntity() {
        entity = api.createEntity();
        checks = "/entities/" + entity + "/checks";
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatWasCreated() {
        String id = api.create(checks, """
                {"type": "remote.http", "label": "home", "target_hostname": "example.org", "target_resolver": "IPv6",
                 "monitoring_zones_poll": ["mza", "mzb"], "period": 120, "timeout": 20, "disabled": true,
                 "details": {"url": "https://example.org/", "method": "POST", "follow_redirects": false,
                             "headers": {"X-A": "b"}, "body_matches": {"k": "a.*"}},
                 "metadata": {"team": "a"}}""");

        JsonNode check = api.get(checks + "/" + id).json();

        assertThat(check.toString()).isEqualTo("""
                {"id":"%s","label":"home","type":"remote.http","details":{"url":"https://example.org/",\
                "method":"POST","follow_redirects":false,"headers":{"X-A":"b"},"body_matches":{"k":"a.*"}},\
                "monitoring_zones_poll":["mza","mzb"],"timeout":20,"period":120,"target_alias":null,\
                "target_hostname":"example.org","target_resolver":"IPv6","disabled":true,\
                "confd_name":null,"confd_hash":null,"active_suppressions":[],"scheduled_suppressions":[],"depends_on":[],\
                "metadata":{"team":"a"},"created_at":1772366400000,"updated_at":1772366400000}""".formatted(id));
    }

    @Test
    void storesSecondsUnderTheCheckItself() {
        String id = api.create(checks, with("period", 120, "timeout", 119));

        LogEntry entry = api.log.entries(Topic.CHECKS).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + entity + "/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme/" + entity + "/" + id));
        assertThat(entry.value().orElseThrow()).isInstanceOfSatisfying(Check.class, check -> {
            assertThat(check.getPeriodSeconds()).isEqualTo(120);
            assertThat(check.getTimeoutSeconds()).isEqualTo(119);
        });
    }

    @Test
    void choosesPeriodAndTimeoutWhereNoneIsGiven() {
        JsonNode check = api.get(checks + "/" + api.create(checks, HTTP)).json();

        assertThat(check.path("period").asInt()).isEqualTo(60);
        assertThat(check.path("timeout").asInt()).isEqualTo(30);
    }

    @Test
    void takesAnAgentsCheckWithoutZonesAndTarget() {
        String id = api.create(checks, """
                {"type": "agent.filesystem", "details": {"target": "/", "depth": 2, "ratio": 0.5, "all": true}}""");

        JsonNode shown = api.get(checks + "/" + id).json();
        ApiClient.Answer answer = api.put(checks + "/" + id, shown.toString());

        assertThat(shown.path("details").toString())
                .isEqualTo("{\"target\":\"/\",\"depth\":2,\"ratio\":0.5,\"all\":true}");
        assertThat(shown.path("monitoring_zones_poll")).isEmpty();
        assertThat(answer.status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({"period, 29", "period, 1801", "timeout, 1", "timeout, 60", "timeout, 1801", "period, 60.5"})
    void refusesTimesOutsideTheirRange(String field, double value) {
        api.post(checks, with(field, value)).assertBadField("badRequest", field);
    }

    @ParameterizedTest
    @CsvSource({"30, 2", "30, 29", "1800, 1799"})
    void acceptsTimesAtTheEndsOfTheirRange(int period, int timeout) {
        assertThat(api.post(checks, with("period", period, "timeout", timeout)).status())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type                   | {}",
                "type                   | {'type': 'remote.dns', 'target_alias': 'main'}",
                "type                   | {'type': 'agent plugin'}",
                "target_alias           | {'type': 'remote.ping', 'monitoring_zones_poll': ['a']}",
                "target_alias           | {'type': 'remote.ping', 'target_alias': 'main', 'target_hostname': 'a.b'}",
                "monitoring_zones_poll  | {'type': 'remote.ping', 'target_alias': 'main'}",
                "monitoring_zones_poll  | {'type': 'remote.ping', 'target_alias': 'main', 'monitoring_zones_poll': []}",
                "monitoring_zones_poll  | {'type': 'remote.ping', 'target_alias': 'main', 'monitoring_zones_poll': 'a'}",
                "monitoring_zones_poll  | {'type': 'remote.ping', 'target_alias': 'main', 'monitoring_zones_poll': ['a/b']}",
                "monitoring_zones_poll[1] | {'type': 'remote.ping', 'target_alias': 'main', 'monitoring_zones_poll': ['a', 'a']}",
                "target_hostname        | {'type': 'remote.ping', 'monitoring_zones_poll': ['a'], 'target_hostname': 'a..b'}",
                "target_resolver        | {'type': 'remote.ping', 'monitoring_zones_poll': ['a'], 'target_hostname': 'a.b', 'target_resolver': 'ipv4'}",
                "monitoring_zones_poll  | {'type': 'agent.cpu', 'monitoring_zones_poll': ['a']}",
                "target_hostname        | {'type': 'agent.cpu', 'target_hostname': 'a.b'}",
                "details.a              | {'type': 'agent.cpu', 'details': {'a': [1]}}",
                "details                | {'type': 'agent.cpu', 'details': 'a'}",
                "details                | {'type': 'agent.cpu', 'details': {'a': 1e400}}",
                "details                | {'type': 'agent.cpu', 'details': {'a': [-1e400]}}",
                "periode                | {'type': 'agent.cpu', 'periode': 60}",
                "disabled               | {'type': 'agent.cpu', 'disabled': 1}"
            })
    void namesTheFieldThatIsBad(String field, String body) {
        api.post(checks, body.replace('\'', '"')).assertBadField("badRequest", field);

        assertThat(api.log.entries(Topic.CHECKS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "remote.http | details.url              | {}",
                "remote.http | details.url              | {'url': 'example.org'}",
                "remote.http | details.url              | {'url': 'ftp://example.org'}",
                "remote.http | details.url              | {'url': 'http:///path'}",
                "remote.http | details.url              | {'url': 'http://u:p@example.org/'}",
                "remote.http | details.method           | {'url': 'http://a.b', 'method': 'get'}",
                "remote.http | details.body             | {'url': 'http://a.b', 'body': '('}",
                "remote.http | details.body_matches.k   | {'url': 'http://a.b', 'body_matches': {'k': '['}}",
                "remote.http | details.body_matches.k:  | {'url': 'http://a.b', 'body_matches': {'k:': 'a'}}",
                "remote.http | details.headers.Host     | {'url': 'http://a.b', 'headers': {'Host': 'a'}}",
                "remote.http | details.headers.a b      | {'url': 'http://a.b', 'headers': {'a b': 'a'}}",
                "remote.http | details.headers.a        | {'url': 'http://a.b', 'headers': {'a': 'x\\r\\ny'}}",
                "remote.http | details.follow_redirects | {'url': 'http://a.b', 'follow_redirects': 1}",
                "remote.http | details.timeout          | {'url': 'http://a.b', 'timeout': 1}",
                "remote.tcp  | details.port             | {}",
                "remote.tcp  | details.port             | {'port': 0}",
                "remote.tcp  | details.port             | {'port': 65536}",
                "remote.tcp  | details.port             | {'port': '8o'}",
                "remote.tcp  | details.port             | {'port': 80.5}",
                "remote.tcp  | details.port             | {'port': 99999999999999999999}",
                "remote.tcp  | details.banner_match     | {'port': 80, 'banner_match': '*'}",
                "remote.tcp  | details.ssl              | {'port': 80, 'ssl': 'yes'}",
                "remote.http | details.headers.a        | {'url': 'http://a.b', 'headers': {'a': 1}}",
                "remote.http | details.headers.a        | {'url': 'http://a.b', 'headers': {'a': {'b': 'c'}}}",
                "remote.http | details.body             | {'url': 'http://a.b', 'body': '(a{25}){25}'}",
                "remote.http | details.body_matches.k   | {'url': 'http://a.b', 'body_matches': {'k': '(a{25}){25}'}}",
                "remote.http | details.url              | {'url': 'http://a.b:0/'}",
                "remote.http | details.body             | {'url': 'http://a.b', 'body': '\\ud83d'}",
                "remote.ping | details.count            | {'count': 0}",
                "remote.ping | details.count            | {'count': 16}",
                "remote.ping | details.url              | {'url': 'http://a.b'}"
            })
    void validatesDetailsByType(String type, String field, String details) {
        api.post(checks, remote(type, details.replace('\'', '"'))).assertBadField("badRequest", field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "remote.tcp  | {'port': 1, 'send_body': 'x', 'body_match': 'a', 'banner_match': 'b', 'ssl': true}",
                "remote.tcp  | {'port': 65535}",
                "remote.tcp  | {'port': '080', 'ssl': 'True', 'send_body': null}",
                "remote.ping | {'count': '3'}",
                "remote.ping | {'count': 1}",
                "remote.ping | {'count': 15}",
                "remote.http | {'url': 'http://[2001:db8::1]:8080/?q=1', 'payload': '', 'include_body': true}"
            })
    void acceptsDetailsThatFit(String type, String details) {
        assertThat(api.post(checks, remote(type, details.replace('\'', '"'))).status())
                .isEqualTo(201);
    }

    @Test
    void storesNumbersAndTruthValuesThatCameAsTexts() {
        String id = api.create(checks, remote("remote.tcp", "{\"port\": \"080\", \"ssl\": \"True\"}"));

        assertThat(api.get(checks + "/" + id).json().path("details").toString())
                .isEqualTo("{\"port\":80,\"ssl\":true}");
    }

    /** The poller counted such a text as 510 characters, and never ran the check. */
    @Test
    void takesAsManyCharactersBeyondTheBasicPlaneAsOthers() {
        String pattern = "😀".repeat(255);

        assertThat(api.post(checks, remote("remote.tcp", "{\"port\": 1, \"body_match\": \"" + pattern + "\"}"))
                        .status())
                .isEqualTo(201);
    }

    @Test
    void saysWhatIsWrongWithDetails() {
        JsonNode fault =
                api.post(checks, remote("remote.tcp", "{\"port\": 70000}")).json();

        assertThat(fault.path("message").textValue())
                .isEqualTo("details.port: is 70000, but has to be from 1 to 65535");
    }

    @Test
    void limitsTheNumberOfHeaders() {
        ObjectNode details = Json.MAPPER.createObjectNode().put("url", "http://a.b");
        ObjectNode headers = details.putObject("headers");
        for (int i = 0; i < 11; i++) {
            headers.put("X-" + i, "v");
        }

        api.post(checks, remote("remote.http", details.toString())).assertBadField("badRequest", "details.headers");
        headers.remove("X-0");
        assertThat(api.post(checks, remote("remote.http", details.toString())).status())
                .isEqualTo(201);
    }

    @Test
    void refusesAnAliasThatTheEntityDoesNotHave() {
        api.post(checks, HTTP.replace("main", "other")).assertBadField("requiredNotFoundError", "target_alias");
    }

    @Test
    void refusesToChangeTheType() {
        String id = api.create(checks, HTTP);

        api.put(checks + "/" + id, "{\"type\": \"remote.ping\"}").assertBadField("badRequest", "type");
    }

    @Test
    void judgesAnUpdateAsAWhole() {
        String id = api.create(checks, with("period", 120, "timeout", 60));

        api.put(checks + "/" + id, "{\"period\": 60}").assertBadField("badRequest", "timeout");
        assertThat(api.put(checks + "/" + id, "{\"period\": 60, \"timeout\": 59}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void movesFromAliasToHostname() {
        String id = api.create(checks, HTTP);

        ApiClient.Answer answer =
                api.put(checks + "/" + id, "{\"target_alias\": null, \"target_hostname\": \"example.org\"}");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(api.get(checks + "/" + id).json().path("target_alias").isNull())
                .isTrue();
    }

    @Test
    void deletesTheChecksAlarmsFirstAndNoOthers() {
        String check = api.createCheck(entity);
        String other = api.createCheck(entity);
        String alarm = api.createAlarm(entity, check);
        String kept = api.createAlarm(entity, other);

        api.delete(checks + "/" + check);

        assertThat(api.log.entries().stream()
                        .filter(entry -> entry.value().isEmpty())
                        .map(LogEntry::key))
                .containsExactly("acme/" + entity + "/" + alarm, "acme/" + entity + "/" + check);
        assertThat(api.get("/entities/" + entity + "/alarms/" + kept).status()).isEqualTo(200);
    }

    @Test
    void refusesOneCheckTooMany() {
        api.create(checks, HTTP);
        api.create(checks, HTTP);

        api.post(checks, HTTP).assertFault(400, "limitReached");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/entities/enNone/checks", "/entities/enNone/alarms"})
    void needsTheEntity(String collection) {
        api.get(collection).assertFault(404, "parentNotFoundError");
        api.post(collection, HTTP).assertFault(404, "parentNotFoundError");
    }

    private static String with(String field, double value) {
        ObjectNode check = Samples.json(HTTP);
        if (value == Math.rint(value)) {
            check.put(field, (long) value);
        } else {
            check.put(field, value);
        }
        return check.toString();
    }

    private static String with(String field, int value, String otherField, int otherValue) {
        return Samples.json(with(field, value)).put(otherField, otherValue).toString();
    }

    private static String remote(String type, String details) {
        return """
                {"type": "%s", "target_alias": "main", "monitoring_zones_poll": ["mza"], "details": %s}""".formatted(type, details);
    }

    /** Fault: numbers as text, as several clients send them, were refused. */
    @Test
    void takesNumbersAsText() {
        String id = api.create(checks, """
                {"type": "remote.ping", "target_alias": "main", "monitoring_zones_poll": ["mza"],
                 "period": "90", "timeout": "20", "disabled": "false"}""");

        JsonNode check = api.get(checks + "/" + id).json();
        assertThat(check.path("period").isIntegralNumber()).isTrue();
        assertThat(check.path("period").asInt()).isEqualTo(90);
        assertThat(check.path("timeout").asInt()).isEqualTo(20);
        assertThat(check.path("disabled").isBoolean()).isTrue();
        api.put(checks + "/" + id, "{\"period\": \"ninety\"}").assertBadField("badRequest", "period");
        api.put(checks + "/" + id, "{\"period\": \"1801\"}").assertBadField("badRequest", "period");
    }

    /** Fault: the answer to a change had neither place nor id. */
    @Test
    void answersAChangeWithTheChecksPlaceAndId() {
        String id = api.createCheck(entity);

        ApiClient.Answer answer = api.put(checks + "/" + id, "{\"label\": \"x\"}");

        assertThat(answer.header("Location")).isEqualTo(api.url(checks + "/" + id));
        assertThat(answer.header("X-Object-Id")).isEqualTo(id);
    }

    /** Fault: the arguments of {@code agent.plugin}, which are a list, were refused. */
    @Test
    void keepsThePluginsArguments() {
        String id = api.create(checks, """
                {"type": "agent.plugin", "details": {"file": "load.sh", "args": ["-w", "5"]}}""");

        assertThat(api.get(checks + "/" + id).json().path("details"))
                .hasToString("{\"file\":\"load.sh\",\"args\":[\"-w\",\"5\"]}");
        Check check = (Check) api.log.entries(Topic.CHECKS).get(0).value().orElseThrow();
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        byte[] written = new AvroSerializer<>(registry).serialize("checks", check);
        assertThat(new AvroSerde<>(registry, Check.class).deserializer().deserialize("checks", written))
                .isEqualTo(check);
        api.put(checks + "/" + id, "{\"details\": {\"file\": \"load.sh\", \"args\": [[1]]}}")
                .assertBadField("badRequest", "details.args[0]");
    }
}
