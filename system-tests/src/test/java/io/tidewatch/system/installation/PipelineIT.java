package io.tidewatch.system.installation;

import java.nio.file.Path;

/** The pipeline as {@code tidewatch up} runs it. */
final class PipelineIT extends PipelineContract {
    @Override
    Installation start(Path directory) {
        return new LocalInstallation(directory);
    }
}
