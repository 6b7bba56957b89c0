package io.tidewatch.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.system.architecture.PackagesMain.CountedPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A package of more than twenty classes says in its package-info why they belong together; {@code system-tests/packages} counts. */
final class PackageSizeTest {
    @TempDir
    private Path project;

    @Test
    void noPackageIsLargeWithoutAReason() throws IOException {
        List<CountedPackage> packages = PackagesMain.count(ModuleClasses.PROJECT);

        assertThat(packages).hasSizeGreaterThan(20).noneMatch(CountedPackage::isUnexplained);
    }

    @Test
    void catchesAPackageOfTwentyOneClasses() throws IOException {
        write("full", 20, "/** Full. */");
        write("large", 21, "/** Large, for no reason. */");

        assertThat(PackagesMain.count(project))
                .extracting(CountedPackage::isUnexplained)
                .containsExactly(false, true);
        assertThat(PackagesMain.count(project).get(1)).hasToString("   21  large  WITHOUT A REASON");
    }

    @Test
    void takesAReasonThatGoesOverTwoLines() throws IOException {
        write("large", 21, """
                /**
                 * The language. More than 20 classes: each is a node of one
                 * grammar. Used by nobody.
                 */""");

        assertThat(PackagesMain.count(project)).noneMatch(CountedPackage::isUnexplained);
        assertThat(PackagesMain.count(project).get(0)).hasToString("   21  large  each is a node of one grammar.");
    }

    private void write(String name, int classes, String comment) throws IOException {
        Files.writeString(project.resolve("pom.xml"), "<module>module</module><module>without-code</module>");
        Path directory = Files.createDirectories(
                PackagesMain.mainCode(project.resolve("module")).resolve(name));
        Files.writeString(directory.resolve("package-info.java"), comment + "\npackage " + name + ";\n");
        for (int i = 0; i < classes; i++) {
            Files.writeString(directory.resolve("C" + i + ".java"), "class C" + i + " {}");
        }
    }
}
