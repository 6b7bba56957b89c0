package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Links from one of the project's pages to another: the file is there, and so is the heading. */
final class LinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(#[^)\\s]+)?\\)");
    private static final Pattern FENCED = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @TestFactory
    Stream<DynamicTest> eachPageLinksToWhatIsThere() {
        List<Path> pages = pages();
        assertThat(pages).hasSizeGreaterThan(7);
        return pages.stream()
                .map(page -> DynamicTest.dynamicTest(page.toString(), () -> {
                    Matcher links = LINK.matcher(prose(page));
                    while (links.find()) {
                        Path target = links.group(1).isEmpty() ? page : page.resolveSibling(links.group(1));
                        assertThat(target).exists();
                        if (links.group(2) != null) {
                            assertThat(anchors(target))
                                    .as("the headings of %s", target)
                                    .contains(links.group(2));
                        }
                    }
                }));
    }

    /** All pages in the project's folder and in those of the modules. */
    private static List<Path> pages() {
        try (Stream<Path> files = Files.walk(ROOT, 2)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> anchors(Path page) {
        return HEADING.matcher(prose(page))
                .results()
                .map(heading -> anchor(heading.group(1)))
                .toList();
    }

    /** How GitHub calls a heading. Source: html-pipeline, TableOfContentsFilter. */
    private static String anchor(String heading) {
        return "#"
                + heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{IsAlphabetic}\\p{IsDigit}_ -]", "")
                        .replace(' ', '-');
    }

    private static String prose(Path page) {
        try {
            return FENCED.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
