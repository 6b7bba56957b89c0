package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The committed pages against the code. With {@code -Dtopology-docs.write=true} it writes them instead. */
final class DocumentationIsCurrentTest {
    /** Surefire runs each module's tests in the module's folder, where the pages are. */
    private static final Path FOLDER = Path.of("");

    @TestFactory
    Iterable<DynamicTest> committedPageEqualsGeneratedPage() {
        return Documentation.pages().entrySet().stream()
                .map(page -> DynamicTest.dynamicTest(page.getKey(), () -> {
                    Path file = FOLDER.resolve(page.getKey());
                    if (Boolean.getBoolean("topology-docs.write")) {
                        Files.writeString(file, page.getValue());
                    }
                    assertThat(committed(file).equals(page.getValue()))
                            .withFailMessage(
                                    "topology-docs/%s is stale. Write it anew and look at what git diff shows: %s",
                                    file, Documentation.COMMAND)
                            .isTrue();
                }))
                .toList();
    }

    @Test
    void readmeShowsThePipelineAsItIs() throws IOException {
        Path file = FOLDER.resolve("../README.md");
        String current = Documentation.withPipelinePicture(committed(file));
        if (Boolean.getBoolean("topology-docs.write")) {
            Files.writeString(file, current);
        }
        assertThat(committed(file).equals(current))
                .withFailMessage("The picture in README.md is stale. Write it anew: %s", Documentation.COMMAND)
                .isTrue();
    }

    private static String committed(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }
}
