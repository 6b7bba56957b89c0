package io.tidewatch.system.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints every package of hand-written main code with its number of classes: {@code system-tests/packages}. A program of this
 * one file, which java runs from its source, so that it needs no build.
 */
final class PackagesMain {
    /** More classes than these need a reason. */
    static final int MANY = 20;

    /** How a reason begins, in the comment of the package's {@code package-info.java}; the sentence is the reason. */
    static final String REASON_BEGINS = "More than " + MANY + " classes: ";

    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");
    private static final Pattern REASON = Pattern.compile(REASON_BEGINS + "([^.]+\\.)");
    private static final String PACKAGE_INFO = "package-info.java";

    private PackagesMain() {}

    /**
     * A package of one module.
     *
     * @param classes how many top-level classes, records, enums, interfaces and annotations it has
     * @param reason why there are more than {@value #MANY}, in the package's own words
     */
    record CountedPackage(String module, String name, int classes, Optional<String> reason) {
        boolean isUnexplained() {
            return classes > MANY && reason.isEmpty();
        }

        @Override
        public String toString() {
            String mark = classes <= MANY ? "" : reason.map(why -> "  " + why).orElse("  WITHOUT A REASON");
            return String.format("%5d  %s%s", classes, name, mark);
        }
    }

    /** @param args the project's directory, where it is not the working directory */
    @SuppressWarnings("SystemOut") // This is what it is for.
    public static void main(String[] args) throws IOException {
        List<CountedPackage> packages = count(Path.of(args.length == 0 ? "." : args[0]));
        String module = "";
        for (CountedPackage counted : packages) {
            if (!counted.module().equals(module)) {
                module = counted.module();
                System.out.println(module);
            }
            System.out.println(counted);
        }
        int classes = packages.stream().mapToInt(CountedPackage::classes).sum();
        CountedPackage largest = packages.stream()
                .max(Comparator.comparingInt(CountedPackage::classes))
                .orElseThrow();
        System.out.printf(
                "%n%d packages, %d classes; the largest is %s with %d%n",
                packages.size(), classes, largest.name(), largest.classes());
        if (packages.stream().anyMatch(CountedPackage::isUnexplained)) {
            System.exit(1);
        }
    }

    /** The packages of the modules that the root's POM names, in its order, by name. */
    static List<CountedPackage> count(Path project) throws IOException {
        List<CountedPackage> packages = new ArrayList<>();
        for (String module : modules(project)) {
            for (Map.Entry<Path, List<Path>> directory :
                    sources(project.resolve(module)).entrySet()) {
                packages.add(counted(module, directory.getKey(), directory.getValue()));
            }
        }
        return packages;
    }

    /** Those that the root's POM names, such as {@code standalone/lifeline}. */
    static List<String> modules(Path project) throws IOException {
        return MODULE.matcher(Files.readString(project.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .toList();
    }

    /** Where a module's main code is. */
    static Path mainCode(Path module) {
        return module.resolve("src").resolve("main").resolve("java");
    }

    private static Map<Path, List<Path>> sources(Path module) throws IOException {
        Map<Path, List<Path>> byDirectory = new TreeMap<>();
        Path root = mainCode(module);
        if (Files.exists(root)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> byDirectory
                                .computeIfAbsent(root.relativize(file.getParent()), directory -> new ArrayList<>())
                                .add(file));
            }
        }
        return byDirectory;
    }

    private static CountedPackage counted(String module, Path directory, List<Path> files) throws IOException {
        Optional<String> reason = Optional.empty();
        int classes = 0;
        for (Path file : files) {
            if (file.endsWith(PACKAGE_INFO)) {
                reason = reason(Files.readString(file));
            } else {
                classes++;
            }
        }
        return new CountedPackage(module, directory.toString().replace('/', '.'), classes, reason);
    }

    /** The reason in the source of a {@code package-info.java}, which may go over several lines. */
    static Optional<String> reason(String source) {
        Matcher reason = REASON.matcher(source.replaceAll("\\s*\\n \\*\\s*", " "));
        return reason.find() ? Optional.of(reason.group(1).strip()) : Optional.empty();
    }
}
