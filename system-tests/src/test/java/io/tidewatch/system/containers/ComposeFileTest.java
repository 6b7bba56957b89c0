package io.tidewatch.system.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What our compose files promise of every service: see SECURITY.md. */
final class ComposeFileTest {
    private static final Pattern HEAP = Pattern.compile("-Xmx(\\d+[mg])|\\b(\\d+M)\\b");

    @ParameterizedTest
    @ValueSource(strings = {"docker-compose.yml", "docker-compose.regions.yml"})
    void publishesPortsForThisMachineOnly(String file) {
        assertThat(services(file))
                .anySatisfy(service -> assertThat(service.ports()).isNotEmpty());

        assertThat(services(file))
                .allSatisfy(service ->
                        assertThat(service.ports()).as(service.name()).allMatch(port -> port.startsWith("127.0.0.1:")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-compose.yml", "docker-compose.regions.yml"})
    void givesEachServiceMemoryOfItsOwnAndStartsItAgain(String file) {
        assertThat(services(file)).allSatisfy(service -> {
            assertThat(service.memoryBytes()).as(service.name()).isPositive();
            assertThat(service.isRestarted()).as(service.name()).isNotEqualTo(service.runsToItsEnd());
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker-compose.yml", "docker-compose.regions.yml"})
    void leavesHalfOfTheMemoryForWhatIsOutsideOfTheHeap(String file) {
        assertThat(services(file))
                .filteredOn(service -> !service.runsToItsEnd())
                .allSatisfy(service ->
                        assertThat(heapBytes(service)).as(service.name()).isBetween(1L, service.memoryBytes() / 2));
    }

    /** The largest number among the options, which is that of the heap; -1 where none is set. */
    private static long heapBytes(ComposeFile.Service service) {
        return service.environment().values().stream()
                .flatMap(value -> HEAP.matcher(value).results())
                .map(MatchResult::group)
                .mapToLong(size -> ComposeFile.bytes(size.replace("-Xmx", "")))
                .max()
                .orElse(-1);
    }

    private static Collection<ComposeFile.Service> services(String file) {
        return ComposeFile.read(Path.of("..", file), Map.of()).values();
    }
}
