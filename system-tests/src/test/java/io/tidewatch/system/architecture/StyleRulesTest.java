package io.tidewatch.system.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.haveNameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import org.jspecify.annotations.NullMarked;

/** How code of ours looks, as far as a machine can tell. */
@AnalyzeClasses(locations = ModuleClasses.class, importOptions = HandWritten.class)
final class StyleRulesTest {
    @ArchTest
    static final ArchRule classesAreNamedForWhatTheyAre = noClasses()
            .should(haveNameMatching(".*(Manager|Helper|Util|Utils|Impl|Service)"))
            .because("such a name fits every class, and says of none what it stands for");

    @ArchTest
    static final ArchRule packagesAreNamedForTheirConcern = noClasses()
            .should()
            .resideInAnyPackage("..util..", "..utils..", "..common..", "..dto..", "..impl..", "..services..")
            .because("such a package gathers what nobody found a place for");

    @ArchTest
    static final ArchRule staticFieldsAreFinal = fields().that()
            .areStatic()
            .should()
            .beFinal()
            .because("state that a whole process shares can't be given, replaced or tested");

    @ArchTest
    static void everyPackageSaysWhatItIsForAndThatNothingIsNull(JavaClasses classes) {
        List<String> silent = classes.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(StyleRulesTest::isSilent)
                .map(JavaPackage::getName)
                .sorted()
                .toList();

        assertThat(silent)
                .as(
                        "packages without a @NullMarked package-info.java: a newcomer reads it first, NullAway checks by it")
                .isEmpty();
    }

    private static boolean isSilent(JavaPackage concern) {
        return concern.tryGetPackageInfo()
                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                .isEmpty();
    }
}
