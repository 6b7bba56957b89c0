package io.tidewatch.streams.takeover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class LearnSchemasTest {
    private final SometimesThere registry = new SometimesThere();
    private final LearnSchemas schemas = new LearnSchemas(registry, subject -> subject.startsWith("tidewatch"));

    @Test
    void learnWhatConcernsThem() {
        schemas.learn();

        assertThat(registry.learned).containsExactly("tidewatch.alarms-value");
    }

    @Test
    void outliveARegistryThatIsAway() {
        registry.there = false;
        assertThatCode(schemas::learn).doesNotThrowAnyException();

        registry.there = true;
        schemas.learn();

        assertThat(registry.learned).containsExactly("tidewatch.alarms-value");
    }

    @Test
    void areLearnedAtTheStart() {
        schemas.start();
        try (schemas) {
            await().until(() -> !registry.learned.isEmpty());
        }
    }

    /** Has two subjects, while it is there. */
    private static final class SometimesThere implements SchemaRegistry {
        private final List<String> learned = new CopyOnWriteArrayList<>();
        private volatile boolean there = true;

        @Override
        public int register(String subject, Schema schema) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Schema schema(int id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void learn(Predicate<String> subjects) {
            if (!there) {
                throw new RegistryUnavailableException("Out of reach", null);
            }
            Stream.of("tidewatch.alarms-value", "strangers-value")
                    .filter(subjects)
                    .forEach(learned::add);
        }
    }
}
