package io.tidewatch.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The embedded servers' poms have no parent, so that this one version stands in two places. */
final class KafkaVersionTest {
    private static final Pattern KAFKA_VERSION = Pattern.compile("<kafka\\.version>(.*?)</kafka\\.version>");

    @Test
    void theEmbeddedBrokerIsOfTheClientsVersion() throws IOException {
        assertThat(kafkaVersions("../standalone/servers/pom.xml"))
                .singleElement()
                .isEqualTo(kafkaVersions("../pom.xml").get(0));
    }

    private static List<String> kafkaVersions(String pom) throws IOException {
        return KAFKA_VERSION
                .matcher(Files.readString(Path.of(pom)))
                .results()
                .map(version -> version.group(1))
                .toList();
    }
}
