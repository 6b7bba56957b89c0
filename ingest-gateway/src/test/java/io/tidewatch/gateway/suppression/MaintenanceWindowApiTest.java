package io.tidewatch.gateway.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.topics.Topic;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It is Sunday, 1 March 2026, 12:00 UTC. */
class MaintenanceWindowApiTest {
    private static final String WINDOWS = "/maintenance_windows";

    private final RunningApi api = new RunningApi();
    private String entity = "";

    @BeforeEach
    void createEntity() {
        entity = api.createEntity();
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatWasCreatedAndWhenItComesNext() {
        String id = api.create(WINDOWS, body("'recurrence': 'weekly', 'days_of_week': ['sunday'], 'start': '02:30'"));

        assertThat(id).startsWith("mw");
        assertThat(api.get(WINDOWS + "/" + id).json().toString()).isEqualTo("""
                {"id":"%s","label":null,"time_zone":"Europe/Berlin","start":"02:30","duration":7200,\
                "recurrence":"weekly","days_of_week":["sunday"],"day_of_month":null,"week_of_month":null,"date":null,\
                "valid_from":"2026-03-20","valid_until":null,"notification_plans":[],"entities":["%s"],"checks":[],\
                "alarms":[],"matchers":[],"created_at":1772366400000,"updated_at":1772366400000,"next_occurrences":[\
                {"start":"2026-03-22T02:30:00+01:00","end":"2026-03-22T04:30:00+01:00","time_zone":"Europe/Berlin",\
                "start_time":1774143000000,"end_time":1774150200000},\
                {"start":"2026-03-29T03:30:00+02:00","end":"2026-03-29T05:30:00+02:00","time_zone":"Europe/Berlin",\
                "start_time":1774747800000,"end_time":1774755000000},\
                {"start":"2026-04-05T02:30:00+02:00","end":"2026-04-05T04:30:00+02:00","time_zone":"Europe/Berlin",\
                "start_time":1775349000000,"end_time":1775356200000}]}""".formatted(id, entity));
        LogEntry entry = api.log.entries(Topic.MAINTENANCE_WINDOWS).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'recurrence': 'daily'                                                          | 2026-03-20T00:00:00+01:00",
                "'recurrence': 'weekly', 'days_of_week': ['monday', 'friday']                   | 2026-03-20T00:00:00+01:00",
                "'recurrence': 'monthly', 'day_of_month': 31                                    | 2026-03-31T00:00:00+02:00",
                "'recurrence': 'monthly', 'day_of_month': -1                                    | 2026-03-31T00:00:00+02:00",
                "'recurrence': 'monthly', 'week_of_month': 2, 'days_of_week': ['tuesday']       | 2026-04-14T00:00:00+02:00",
                "'recurrence': 'monthly', 'week_of_month': -1, 'days_of_week': ['sunday']       | 2026-03-29T00:00:00+01:00",
                "'recurrence': 'once', 'date': '2027-02-03', 'days_of_week': []                 | 2027-02-03T00:00:00+01:00"
            })
    void comesOnItsDays(String days, String first) {
        String id = api.create(WINDOWS, body(days + ", 'start': '00:00'"));

        JsonNode shown = api.get(WINDOWS + "/" + id).json();
        assertThat(shown.at("/next_occurrences/0/start").asText()).isEqualTo(first);
        assertThat(shown.path("next_occurrences")).hasSize(days.contains("once") ? 1 : 3);
        assertThat(api.put(WINDOWS + "/" + id, shown.toString()).status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start           | 'recurrence': 'daily', 'start': '24:00'",
                "start           | 'recurrence': 'daily', 'start': '2:30'",
                "start           | 'recurrence': 'daily'",
                "recurrence      | 'recurrence': 'yearly', 'start': '02:30'",
                "recurrence      | 'start': '02:30'",
                "days_of_week    | 'recurrence': 'weekly', 'start': '02:30'",
                "days_of_week[0] | 'recurrence': 'weekly', 'start': '02:30', 'days_of_week': ['someday']",
                "days_of_week    | 'recurrence': 'daily', 'start': '02:30', 'days_of_week': ['monday']",
                "days_of_week    | 'recurrence': 'monthly', 'start': '02:30', 'week_of_month': 1",
                "days_of_week    | 'recurrence': 'monthly', 'start': '02:30', 'day_of_month': 1, 'days_of_week': ['monday']",
                "day_of_month    | 'recurrence': 'monthly', 'start': '02:30'",
                "day_of_month    | 'recurrence': 'monthly', 'start': '02:30', 'day_of_month': 0",
                "day_of_month    | 'recurrence': 'weekly', 'start': '02:30', 'days_of_week': ['monday'], 'day_of_month': 3",
                "week_of_month   | 'recurrence': 'monthly', 'start': '02:30', 'week_of_month': 5, 'days_of_week': ['monday']",
                "date            | 'recurrence': 'once', 'start': '02:30'",
                "date            | 'recurrence': 'once', 'start': '02:30', 'date': '2026-02-30'",
                "date            | 'recurrence': 'once', 'start': '02:30', 'date': '+12026-02-03'",
                "valid_until     | 'recurrence': 'daily', 'start': '02:30', 'valid_until': '2026-03-19'",
                "duration        | 'recurrence': 'daily', 'start': '02:30', 'duration': 604801",
                "time_zone       | 'recurrence': 'daily', 'start': '02:30', 'time_zone': 'Berlin'",
                "entities        | 'recurrence': 'daily', 'start': '02:30', 'entities': []",
                "matchers        | 'recurrence': 'daily', 'start': '02:30', 'matchers': [{'field': 'state', 'op': '=', 'value': 'OK'}]"
            })
    void namesTheFieldThatIsBad(String field, String days) {
        api.post(WINDOWS, body(days)).assertBadField("badRequest", field);
    }

    @Test
    void namesWhatExists() {
        api.post(WINDOWS, body("'recurrence': 'daily', 'start': '02:30', 'entities': ['enNone']"))
                .assertBadField("requiredNotFoundError", "entities[0]");
    }

    @Test
    void mayBeAboutWhatMatchersHit() {
        String id = api.create(WINDOWS, body("""
                'recurrence': 'daily', 'start': '02:30', 'entities': null,
                'matchers': [{'field': 'entity_metadata.rack', 'op': '=', 'value': '7'}]"""));

        assertThat(api.get(WINDOWS + "/" + id).json().at("/matchers/0/value").asText())
                .isEqualTo("7");
    }

    /** What the fields do not say is usual. */
    private String body(String fields) {
        StringBuilder body = new StringBuilder("{");
        if (!fields.contains("'time_zone'")) {
            body.append("'time_zone': 'Europe/Berlin', ");
        }
        if (!fields.contains("'duration'")) {
            body.append("'duration': 7200, ");
        }
        if (!fields.contains("'entities'") && !fields.contains("'matchers'")) {
            body.append("'entities': ['").append(entity).append("'], ");
        }
        if (fields.contains("'valid_until'") || !fields.contains("'once'")) {
            body.append("'valid_from': '2026-03-20', ");
        }
        return body.append(fields).append("}").toString().replace('\'', '"');
    }
}
