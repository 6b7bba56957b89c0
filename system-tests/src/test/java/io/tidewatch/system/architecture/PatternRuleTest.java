package io.tidewatch.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Matcher;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tidewatch.pattern.UserPattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * There is one way to compile a pattern that a user wrote, {@link UserPattern}, which judges it first. A pattern of {@code
 * java.util.regex} is one of our own, and so a constant.
 */
@AnalyzeClasses(locations = ModuleClasses.class, importOptions = HandWritten.class)
final class PatternRuleTest {
    @ArchTest
    static final ArchRule onlyUserPatternKnowsRe2 = noClasses()
            .that(not(belongToAnyOf(UserPattern.class)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.re2j..")
            .because("RE2/J compiles whatever it is given, for hours and with all memory");

    @ArchTest
    static final ArchRule javasPatternsAreConstants = noClasses()
            .should()
            .accessTargetWhere(new CompilesOutsideOfAConstant())
            .because(
                    "java.util.regex backtracks, and a pattern that comes from outside could keep a thread busy for ever");

    /** A pattern that is given to a method of String, and is neither a literal nor a constant. */
    private static final Pattern GIVEN_TO_STRING =
            Pattern.compile("\\.(?:replaceAll|replaceFirst)\\(\\s*[a-z]\\w*[^-,]*,|\\.split\\(\\s*[a-z]");

    @Test
    void noPatternOfStringsMethodsComesFromOutside() throws IOException {
        for (String module : PackagesMain.modules(ModuleClasses.PROJECT)) {
            Path code = PackagesMain.mainCode(ModuleClasses.PROJECT.resolve(module));
            if (Files.exists(code)) {
                assertThat(javaFilesWithAPatternFromOutside(code)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text.split(separator)", "text.split( of(x), 2)", "text.replaceAll(pattern, \"\")"})
    void catchesAPatternThatIsGivenToString(String code) {
        assertThat(GIVEN_TO_STRING.matcher(code).find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text.split(\",\")", "text.split(COMMA)", "COMMA.matcher(text).replaceAll(found -> \"\")"})
    void letsPassWhatIsOurOwn(String code) {
        assertThat(GIVEN_TO_STRING.matcher(code).find()).isFalse();
    }

    @Test
    void catchesWhoCompilesAUsersPatternElsewhere() {
        assertThat(isBrokenBy(onlyUserPatternKnowsRe2, CompilesWithRe2.class)).isTrue();
        assertThat(isBrokenBy(onlyUserPatternKnowsRe2, CompilesAConstant.class)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {CompilesInAMethod.class, CompilesByReference.class, MatchesAtOnce.class, CompilesAField.class})
    void catchesAPatternOfJavasThatIsNoConstant(Class<?> offender) {
        assertThat(isBrokenBy(javasPatternsAreConstants, offender)).isTrue();
    }

    @Test
    void letsPassAPatternOfJavasThatIsAConstant() {
        assertThat(isBrokenBy(javasPatternsAreConstants, CompilesAConstant.class))
                .isFalse();
    }

    private static List<Path> javaFilesWithAPatternFromOutside(Path code) throws IOException {
        try (Stream<Path> files = Files.walk(code)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> GIVEN_TO_STRING.matcher(contents(file)).find())
                    .toList();
        }
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isBrokenBy(ArchRule rule, Class<?> offender) {
        return rule.evaluate(new ClassFileImporter().importClasses(offender)).hasViolation();
    }

    private static final class CompilesOutsideOfAConstant extends DescribedPredicate<JavaAccess<?>> {
        CompilesOutsideOfAConstant() {
            super("a pattern is compiled that is no constant");
        }

        @Override
        public boolean test(JavaAccess<?> access) {
            String name = access.getTarget().getName();
            return access.getTarget().getOwner().isEquivalentTo(Pattern.class)
                    && (name.equals("compile") || name.equals("matches"))
                    && !access.getOrigin().getName().equals("<clinit>");
        }
    }

    static final class CompilesWithRe2 {
        Matcher matcher(String pattern, String text) {
            return com.google.re2j.Pattern.compile(pattern).matcher(text);
        }
    }

    static final class CompilesInAMethod {
        Pattern compile(String pattern) {
            return Pattern.compile(pattern);
        }
    }

    static final class CompilesByReference {
        Function<String, Pattern> compiler() {
            return Pattern::compile;
        }
    }

    static final class MatchesAtOnce {
        boolean matches(String pattern, String text) {
            return Pattern.matches(pattern, text);
        }
    }

    static final class CompilesAField {
        private final Pattern pattern;

        CompilesAField(String pattern) {
            this.pattern = Pattern.compile(pattern, Pattern.CASE_INSENSITIVE);
        }

        Pattern pattern() {
            return pattern;
        }
    }

    static final class CompilesAConstant {
        static final Pattern COMMA = Pattern.compile(",");
    }
}
