package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.NotifierApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.topics.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pictures show, against what the parts declare elsewhere. */
final class PipelineTest {
    private static final Map<String, Set<Topic>> READ =
            declared(StreamsAppConfig.Application::topicsRead, NotifierApp.topicsRead());
    private static final Map<String, Set<Topic>> WRITTEN =
            declared(StreamsAppConfig.Application::topicsWritten, NotifierApp.topicsWritten());

    @Test
    void anApplicationReadsAndWritesWhatItDeclares() {
        for (Application application : Pipeline.applications()) {
            Graph graph = Graph.of(application);
            Set<String> written = new TreeSet<>(graph.written());
            written.add(Topic.DEAD_LETTERS.baseName());

            assertThat(graph.read()).as(application.name()).isEqualTo(names(READ.get(application.name())));
            assertThat(written).as(application.name()).isEqualTo(names(WRITTEN.get(application.name())));
        }
    }

    private static Map<String, Set<Topic>> declared(
            Function<StreamsAppConfig.Application, Set<Topic>> ofStreams, Set<Topic> ofNotifier) {
        Map<String, Set<Topic>> declared = new HashMap<>(Map.of("notifier", ofNotifier));
        for (StreamsAppConfig.Application application : StreamsAppConfig.Application.values()) {
            declared.put(application.label(), ofStreams.apply(application));
        }
        return declared;
    }

    private static Set<String> names(Set<Topic> topics) {
        return topics.stream().map(Topic::baseName).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void aPartThatIsToldWhereCassandraIsHasAnArrowFromOrToIt() {
        List<String> told = Pipeline.parts().stream()
                .filter(part -> part.settings().names().stream().anyMatch(name -> name.startsWith("cassandra.")))
                .map(Part::name)
                .toList();
        Stream<String> participants = Pipeline.participants().stream()
                .filter(participant -> Stream.concat(participant.takesFrom().stream(), participant.givesTo().stream())
                        .anyMatch("Cassandra"::equals))
                .map(Participant::name);
        boolean streams = Pipeline.applications().stream()
                .flatMap(application -> application.effects().stream())
                .anyMatch(effect -> effect.system().equals("Cassandra"));

        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(participants, streams ? Stream.of("streams-app") : Stream.empty())
                                .toList());
    }
}
