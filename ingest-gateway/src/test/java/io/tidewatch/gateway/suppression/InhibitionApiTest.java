package io.tidewatch.gateway.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.topics.Topic;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InhibitionApiTest {
    private static final String INHIBITIONS = "/inhibitions";
    private static final String PING = "[{'field': 'check_type', 'op': '=', 'value': 'remote.ping'}]";
    private static final String NO_PING = "[{'field': 'check_type', 'op': '!=', 'value': 'remote.ping'}]";

    private final RunningApi api = new RunningApi(Map.of(GatewayConfig.MAX_INHIBITIONS_PER_TENANT, "1"));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatWasCreated() {
        String id = api.create(
                INHIBITIONS,
                body("{'label': 'host down', 'source': PING, 'source_states': ['CRITICAL'], 'target': NOPING, "
                        + "'equal': ['entity_id']}"));

        assertThat(id).startsWith("ih");
        assertThat(api.get(INHIBITIONS + "/" + id).json().toString()).isEqualTo("""
                {"id":"%s","label":"host down","source":[{"field":"check_type","op":"=","value":"remote.ping"}],\
                "source_states":["CRITICAL"],"target":[{"field":"check_type","op":"!=","value":"remote.ping"}],\
                "equal":["entity_id"],"created_at":1772366400000,"updated_at":1772366400000}""".formatted(id));
        LogEntry entry = api.log.entries(Topic.INHIBITIONS).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme"));
        api.post(INHIBITIONS, body("{'source': PING, 'target': PING}")).assertFault(400, "limitReached");
        assertThat(api.put(INHIBITIONS + "/" + id, "{\"source_states\": null}").status())
                .isEqualTo(204);
        assertThat(api.get(INHIBITIONS + "/" + id).json().path("source_states")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source           | {'target': PING}",
                "source           | {'source': NOPING, 'target': PING, 'equal': ['entity_id']}",
                "target           | {'source': PING, 'equal': ['entity_id']}",
                "target           | {'source': PING, 'target': NOPING}",
                "equal[1]         | {'source': PING, 'target': PING, 'equal': ['entity_id', 'entity.id']}",
                "source_states[0] | {'source': PING, 'target': PING, 'source_states': ['OK']}"
            })
    void namesTheFieldThatIsBad(String field, String body) {
        api.post(INHIBITIONS, body(body)).assertBadField("badRequest", field);
    }

    private static String body(String body) {
        return body.replaceAll("\\bNOPING\\b", NO_PING)
                .replaceAll("\\bPING\\b", PING)
                .replace('\'', '"');
    }
}
