package io.tidewatch.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.tidewatch.serde.ConfluentSchemaRegistry;

/** Who may know whom. */
@AnalyzeClasses(
        packages = "io.tidewatch",
        importOptions = {DoNotIncludeTests.class, HandWritten.class})
final class DependencyRulesTest {
    @ArchTest
    static final ArchRule modulesDependOneWay = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("schemas")
            .definedBy(
                    "io.tidewatch.checks..",
                    "io.tidewatch.criteria..",
                    "io.tidewatch.operations..",
                    "io.tidewatch.serde..",
                    "io.tidewatch.settings..",
                    "io.tidewatch.timeseries..",
                    "io.tidewatch.topics..")
            .layer("poller")
            .definedBy("io.tidewatch.poller..")
            .layer("ingest-gateway")
            .definedBy("io.tidewatch.gateway..")
            .layer("streams-app")
            .definedBy("io.tidewatch.streams..")
            .layer("topology-docs")
            .definedBy("io.tidewatch.docs..")
            .layer("standalone")
            .definedBy("io.tidewatch.standalone..")
            .whereLayer("schemas")
            .mayNotAccessAnyLayer()
            .whereLayer("poller")
            .mayOnlyBeAccessedByLayers("topology-docs", "standalone")
            .whereLayer("ingest-gateway")
            .mayOnlyBeAccessedByLayers("topology-docs", "standalone")
            .whereLayer("streams-app")
            .mayOnlyBeAccessedByLayers("topology-docs", "standalone")
            .whereLayer("topology-docs")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("standalone")
            .mayNotBeAccessedByAnyLayer()
            .because(
                    "poller, gateway and streams meet on topics only: each can be replaced, deployed and scaled alone");

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
            .resideOutsideOfPackage("io.tidewatch.streams.alarm..")
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
}
