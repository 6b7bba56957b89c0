package outside;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Java in the README is an excerpt of a program that the build compiles and tests. */
final class ReadmeShowsRealCodeTest {
    private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Path PROGRAMS = Path.of("src/test/java/outside");

    @Test
    void everyJavaBlockIsPartOfAnOutsideProgram() throws IOException {
        String programs = withoutIndentation(Files.readString(PROGRAMS.resolve("OutsideConsumer.java"))
                + Files.readString(PROGRAMS.resolve("OutsideProducer.java")));

        List<String> blocks = JAVA_BLOCK
                .matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map((MatchResult block) -> withoutIndentation(block.group(1)))
                .toList();

        assertThat(blocks).isNotEmpty().allSatisfy(block -> assertThat(programs).contains(block));
    }

    private static String withoutIndentation(String code) {
        return code.replaceAll("(?m)^ +", "");
    }
}
