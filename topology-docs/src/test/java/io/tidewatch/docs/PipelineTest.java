package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pictures claim of programs that have no topology to ask, against what is known of them otherwise. */
final class PipelineTest {
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
