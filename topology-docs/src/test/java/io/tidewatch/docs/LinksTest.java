package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the project's pages refer to is there: files, headings of other pages, and our own packages and classes. */
final class LinksTest {
    private static final Path ROOT = Path.of("..");
    private static final int PAGE_DEPTH = 2;

    /** That of standalone/lifeline. */
    private static final int MODULE_DEPTH = 2;

    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#\\s]*)(#[^)\\s]+)?\\)");
    private static final Pattern FENCED = Pattern.compile("^```.*?^```$", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern NAME = Pattern.compile("\\bio\\.tidewatch(\\.[a-z]+)+(\\.[A-Z]\\w*)?\\b");
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

    @TestFactory
    Stream<DynamicTest> eachPageNamesPackagesAndClassesThatAreThere() {
        Set<String> names = names();
        return pages().stream()
                .map(page -> DynamicTest.dynamicTest(page.toString(), () -> {
                    Stream<String> named = NAME.matcher(prose(page)).results().map(MatchResult::group);

                    assertThat(named.filter(name -> !names.contains(name))).isEmpty();
                }));
    }

    /** The packages and classes of all modules, as Java names them. */
    private static Set<String> names() {
        Set<String> names = new HashSet<>();
        for (Path module : below(ROOT, MODULE_DEPTH)) {
            for (String sources : List.of("src/main/java", "src/test/java")) {
                Path root = module.resolve(sources);
                if (Files.isDirectory(root)) {
                    below(root, Integer.MAX_VALUE)
                            .forEach(file -> names.add(root.relativize(file)
                                    .toString()
                                    .replaceFirst("\\.java$", "")
                                    .replace('/', '.')));
                }
            }
        }
        return names;
    }

    /** All pages in the project's folder and in those of the modules. */
    private static List<Path> pages() {
        return below(ROOT, PAGE_DEPTH).stream()
                .filter(file -> file.toString().endsWith(".md"))
                .toList();
    }

    private static List<Path> below(Path folder, int depth) {
        try (Stream<Path> paths = Files.walk(folder, depth)) {
            return paths.sorted().toList();
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
