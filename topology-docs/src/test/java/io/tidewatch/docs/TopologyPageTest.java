package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.runtime.application.ExternalEffect;
import io.tidewatch.topics.Topic;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TopologyPageTest {
    private static final ExternalEffect WRITES_ROLLUPS =
            new ExternalEffect("write-rollups", "Cassandra", "upserts a row");

    private final Application application =
            new Application("small", "small-1", "For a test.", SmallTopology.create(), List.of(WRITES_ROLLUPS));
    private final Participant producer =
            new Participant("producer", List.of("people"), List.of(), List.of(Topic.CHECK_RESULTS), List.of("targets"));
    private final String page = new TopologyPage(List.of(application), List.of(producer)).markdown();

    @Test
    void drawsTheWholePipelineFromParticipantsAndApplications() {
        assertThat(page).contains("""
                            EXTERNAL_people --> PROCESSOR_producer
                            PROCESSOR_producer --> EXTERNAL_targets
                            TOPIC_alarms_entities_metric_rollups --> PROCESSOR_small
                            TOPIC_check_results --> PROCESSOR_small
                            PROCESSOR_producer --> TOPIC_check_results
                            PROCESSOR_small --> TOPIC_alert_events_dead_letters
                            PROCESSOR_small --> EXTERNAL_Cassandra
                        """);
    }

    @Test
    void drawsTopicsThatAreUsedAlikeAsOneNode() {
        assertThat(page)
                .contains("[/\"alarms, entities, metric-rollups\"/]")
                .contains("[/\"check-results\"/]")
                .contains("[/\"alert-events, dead-letters\"/]");
    }

    @Test
    void drawsTheApplicationWithStoresAndOutsideEffects() {
        assertThat(page).contains("""
                            TOPIC_alarms --> ENDPOINT_read_alarms
                            ENDPOINT_read_alarms --> PROCESSOR_remember_alarms
                            TOPIC_check_results --> ENDPOINT_read_results
                            ENDPOINT_read_results --> PROCESSOR_evaluate
                            PROCESSOR_evaluate --> ENDPOINT_publish_events
                            PROCESSOR_evaluate --- STORE_alarm_configurations
                            PROCESSOR_evaluate --- STORE_scratch
                            PROCESSOR_remember_alarms --- STORE_alarm_configurations
                            ENDPOINT_publish_events --> TOPIC_alert_events
                        """);
    }

    @Test
    void tellsOfEachNodeWhereRecordsComeFromAndGoTo() {
        assertThat(page)
                .contains("""
                        | `read-results` | source | topic `check-results` | `evaluate` |  |  |
                        | `evaluate` | processor | `read-results` | `publish-events` | `alarm-configurations`, `scratch` |  |
                        """)
                .contains("| `publish-events` | sink | `evaluate` | topic `alert-events` |  |  |\n")
                .contains("| `write-rollups` | processor | `read-rollups` |  |  | Cassandra: upserts a row |\n");
    }

    @Test
    void saysWhatEachStoreIsRestoredFrom() {
        assertThat(page).contains("""
                        | `alarm-configurations` | `evaluate`, `remember-alarms` | `small-1-alarm-configurations-changelog` |
                        | `labels` | `keep-labels` | `entities` |
                        | `scratch` | `evaluate` | none |
                        """);
    }

    @Test
    void isTheSameWheneverItIsWritten() {
        Application again =
                new Application("small", "small-1", "For a test.", SmallTopology.create(), List.of(WRITES_ROLLUPS));

        assertThat(new TopologyPage(List.of(again), List.of(producer)).markdown())
                .isEqualTo(page);
    }
}
