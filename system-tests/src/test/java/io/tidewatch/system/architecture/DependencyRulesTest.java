package io.tidewatch.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tidewatch.serde.ConfluentSchemaRegistry;
import io.tidewatch.system.architecture.offenders.poller.KnowsEveryLibrary;
import io.tidewatch.system.architecture.offenders.turning.One;
import io.tidewatch.system.architecture.offenders.turning.other.Another;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which package may know which, and which may know a library. What modules may know of each other is in {@link LayerRulesTest}. */
@AnalyzeClasses(locations = ModuleClasses.class, importOptions = HandWritten.class)
final class DependencyRulesTest {
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().matching("io.tidewatch.(**)")
            .should()
            .beFreeOfCycles()
            .because("of two packages that need each other neither can be understood or changed alone");

    @ArchTest
    static final ArchRule oneClassKnowsTheRegistrysClient = noClasses()
            .that(not(belongToAnyOf(ConfluentSchemaRegistry.class)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "io.confluent..")
            .because("Confluent's client comes relocated inside another project's artifact, which may move it at will");

    @ArchTest
    static final ArchRule onlyTheAlarmPackageKnowsEsper = noClasses()
            .that()
            .resideOutsideOfPackage("io.tidewatch.streams.alarm.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.espertech..")
            .because("Esper is under the GPL and must stay replaceable: see NOTICE and RATIONALE.md");

    @ArchTest
    static final ArchRule onlyTheTimeSeriesPackagesKnowCassandra = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.tidewatch.timeseries..",
                    "io.tidewatch.streams.sink..",
                    "io.tidewatch.gateway.timeseries..",
                    "io.tidewatch.standalone..",
                    "io.tidewatch.benchmarks..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.datastax..")
            .because("what is kept, and how, is decided in one place;"
                    + " standalone starts the server, waits for it and lets people look inside; benchmarks measure it");

    @ArchTest
    static final ArchRule pollerAndGatewayAreLight = light("io.tidewatch.poller..", "io.tidewatch.gateway..");

    @Test
    void catchesPackagesThatNeedEachOther() {
        assertThat(isBrokenBy(packagesAreFreeOfCycles, One.class, Another.class))
                .isTrue();
        assertThat(isBrokenBy(packagesAreFreeOfCycles, One.class)).isFalse();
    }

    @Test
    void catchesWhoKnowsALibraryThatOthersKeepToThemselves() {
        assertThat(isBrokenBy(oneClassKnowsTheRegistrysClient, KnowsEveryLibrary.class))
                .isTrue();
        assertThat(isBrokenBy(onlyTheAlarmPackageKnowsEsper, KnowsEveryLibrary.class))
                .isTrue();
        assertThat(isBrokenBy(onlyTheTimeSeriesPackagesKnowCassandra, KnowsEveryLibrary.class))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"com.espertech", "org.rocksdb", "org.apache.kafka.streams", "picocli", "org.junit", "org.assertj"
            })
    void catchesALightPartThatIsNot(String library) {
        assertThat(light("..offenders.poller..")
                        .evaluate(new ClassFileImporter().importClasses(KnowsEveryLibrary.class))
                        .getFailureReport()
                        .getDetails())
                .anySatisfy(violation -> assertThat(violation).contains("<" + library));
    }

    private static ArchRule light(String... packages) {
        return noClasses()
                .that()
                .resideInAnyPackage(packages)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.espertech..",
                        "org.rocksdb..",
                        "org.apache.kafka.streams..",
                        "picocli..",
                        "org.junit..",
                        "org.assertj..",
                        "org.awaitility..",
                        "net.jqwik..",
                        "org.testcontainers..")
                .because("many small ones run, far from everything, in images of their own: see NOTICE");
    }

    private static boolean isBrokenBy(ArchRule rule, Class<?>... offenders) {
        return rule.evaluate(new ClassFileImporter().importClasses(offenders)).hasViolation();
    }
}
