package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.topics.TopicRecord;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResourceKindsTest {
    private final ConfigurationView view = new ConfigurationView(Samples.KINDS.all());

    @BeforeEach
    void fill() {
        apply(Samples.entity("en1"));
        apply(Samples.check("en1", "ch1"));
        apply(Samples.check("en1", "ch2"));
        apply(Samples.alarm("en1", "ch1", "al1"));
        apply(Samples.alarm("en1", "ch2", "al2"));
        apply(Samples.alarm("en2", "ch1", "al3"));
    }

    @Test
    void deletesTheAlarmsOfACheckWithIt() {
        assertThat(deletedWith("acme", "en1", "ch1")).containsExactly(List.of("acme/en1/al1"));
    }

    @Test
    void deletesTheAlarmsOfAnEntityBeforeItsChecks() {
        assertThat(deletedWith("acme", "en1"))
                .containsExactly(List.of("acme/en1/al1", "acme/en1/al2"), List.of("acme/en1/ch1", "acme/en1/ch2"));
    }

    @Test
    void deletesNothingWithAnAlarm() {
        assertThat(deletedWith("acme", "en1", "al1")).isEmpty();
    }

    private List<List<String>> deletedWith(String... path) {
        return Samples.KINDS.tombstonesBelow(ResourcePath.of(path), view).stream()
                .map(tombstones -> tombstones.stream().map(LogEntry::key).toList())
                .toList();
    }

    private void apply(SpecificRecord resource) {
        LogEntry entry = Samples.put(resource);
        view.apply(new TopicRecord(entry.topic(), entry.key(), entry.value()));
    }
}
