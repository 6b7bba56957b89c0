package io.tidewatch.system.installation;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** The pipeline as containers. {@code ./mvnw -Pdrills verify -Dgroups=containers} runs it, and nothing else. */
@Tag("containers")
final class ComposedPipelineIT extends PipelineContract {
    @Override
    Installation start(Path directory) {
        return new ComposedInstallation();
    }
}
