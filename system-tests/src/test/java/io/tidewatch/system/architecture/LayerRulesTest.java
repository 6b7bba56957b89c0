package io.tidewatch.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.tidewatch.system.architecture.offenders.poller.AskingApp;
import io.tidewatch.system.architecture.offenders.poller.PollerConfig;
import io.tidewatch.system.architecture.offenders.standalone.LooksInside;
import io.tidewatch.system.architecture.offenders.streams.Engine;
import io.tidewatch.system.architecture.offenders.streams.StreamsApp;
import io.tidewatch.system.architecture.offenders.unknown.Homeless;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which module may know which, and how much of it. Modules are found by what the build has made, not by a list. */
@AnalyzeClasses(locations = ModuleClasses.class, importOptions = HandWritten.class)
final class LayerRulesTest {
    private static final String OFFENDERS = "io.tidewatch.system.architecture.offenders";

    /** Who may use more of a part than its Main, App and Config. */
    private static final List<LookInside> EXCEPTIONS = List.of(new LookInside(
            "io.tidewatch.benchmarks",
            Layer.STREAMS_APP,
            "a benchmark measures an engine, a store or a sink by itself, beside its floor"));

    @ArchTest
    static final ArchRule everyPackageIsInALayer = classes()
            .should(new BeInALayer(ModuleClasses::moduleOf))
            .because("a package without a place is one that no rule looks at: give its module one in Layer");

    @ArchTest
    static final ArchRule modulesDependOneWay = classes()
            .should(new UseLowerLayersOnly(ModuleClasses::moduleOf))
            .because("poller, gateway, streams and notifier meet on topics only:"
                    + " each can be replaced, deployed and scaled alone");

    @ArchTest
    static final ArchRule partsAreUsedFromOutsideOnly = classes()
            .should(new UseOfPartsTheirEntriesOnly(ModuleClasses::moduleOf, EXCEPTIONS))
            .because("what others use of a part can't be changed without them: its Main runs it, its App wires it,"
                    + " its Config says what it can be told");

    @ArchTest
    static void noExceptionIsLeftThatNobodyNeeds(JavaClasses classes) {
        Set<LookInside> needed = classes.stream()
                .flatMap(type -> inside(type, ModuleClasses::moduleOf))
                .flatMap(dependency ->
                        EXCEPTIONS.stream().filter(exception -> exception.allows(dependency, ModuleClasses::moduleOf)))
                .collect(Collectors.toSet());

        assertThat(needed).containsExactlyInAnyOrderElementsOf(EXCEPTIONS);
    }

    @Test
    void catchesAModuleThatNobodyGaveAPlace() {
        assertThat(violations(new BeInALayer(LayerRulesTest::pretended), Homeless.class))
                .containsExactly("io.tidewatch.system.architecture.offenders.unknown.Homeless is in the module unknown,"
                        + " which has no place in Layer");
    }

    @Test
    void catchesAPackageInTheWrongModule() {
        assertThat(violations(new BeInALayer(type -> Optional.of("poller")), Engine.class))
                .containsExactly("io.tidewatch.system.architecture.offenders.streams.Engine is in the module poller,"
                        + " whose packages begin with io.tidewatch.poller");
    }

    @Test
    void catchesAPartThatKnowsAnother() {
        assertThat(violations(new UseLowerLayersOnly(LayerRulesTest::pretended), AskingApp.class, StreamsApp.class))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).startsWith("POLLER may not use STREAMS_APP: "));
        assertThat(violations(new UseLowerLayersOnly(LayerRulesTest::pretended), LooksInside.class, Engine.class))
                .isEmpty();
    }

    @Test
    void catchesALookInsideAPart() {
        var rule = new UseOfPartsTheirEntriesOnly(LayerRulesTest::pretended, List.of());

        assertThat(violations(rule, LooksInside.class, Engine.class, StreamsApp.class, PollerConfig.class))
                .isNotEmpty()
                .allSatisfy(violation -> assertThat(violation).startsWith("STREAMS_APP shows nobody its Engine: "));
    }

    @Test
    void letsOnlyTheOneLookInsideForWhomThereIsAReason() {
        LookInside exception = new LookInside(OFFENDERS + ".standalone", Layer.STREAMS_APP, "of the test");
        LookInside another = new LookInside(OFFENDERS + ".standal", Layer.STREAMS_APP, "of the test");

        assertThat(violations(
                        new UseOfPartsTheirEntriesOnly(LayerRulesTest::pretended, List.of(exception)),
                        LooksInside.class,
                        Engine.class))
                .isEmpty();
        assertThat(violations(
                        new UseOfPartsTheirEntriesOnly(LayerRulesTest::pretended, List.of(another)),
                        LooksInside.class,
                        Engine.class))
                .isNotEmpty();
    }

    private static List<String> violations(ArchCondition<JavaClass> condition, Class<?>... offenders) {
        return classes()
                .should(condition)
                .evaluate(new ClassFileImporter().importClasses(offenders))
                .getFailureReport()
                .getDetails();
    }

    /** Lets the packages below {@code offenders} stand for modules. */
    private static Optional<String> pretended(JavaClass type) {
        String name = type.getPackageName();
        if (!name.startsWith(OFFENDERS + ".")) {
            return Optional.empty();
        }
        String module = name.substring(OFFENDERS.length() + 1);
        return Optional.of(module.equals("streams") ? "streams-app" : module);
    }

    /** The dependencies of a class on parts that it does not belong to, their entries left out. */
    private static Stream<Dependency> inside(JavaClass type, Function<JavaClass, Optional<String>> moduleOf) {
        Optional<Layer> own = layer(type, moduleOf);
        return type.getDirectDependenciesFromSelf().stream()
                .filter(dependency -> layer(dependency.getTargetClass(), moduleOf)
                        .filter(part -> part.isPart() && !own.equals(Optional.of(part)))
                        .isPresent())
                .filter(dependency -> !isEntry(topLevel(dependency.getTargetClass())));
    }

    /** What a part shows to others. */
    private static boolean isEntry(JavaClass type) {
        return type.getSimpleName().matches(".+(Main|App|Config)");
    }

    private static Optional<Layer> layer(JavaClass type, Function<JavaClass, Optional<String>> moduleOf) {
        return moduleOf.apply(topLevel(type)).flatMap(Layer::ofModule);
    }

    private static JavaClass topLevel(JavaClass type) {
        JavaClass base = type.getBaseComponentType();
        return base.getEnclosingClass().map(LayerRulesTest::topLevel).orElse(base);
    }

    /**
     * An exception from the rule that others know a part from outside only.
     *
     * @param from the package that may, with those below it
     */
    private record LookInside(String from, Layer into, String because) {
        boolean allows(Dependency dependency, Function<JavaClass, Optional<String>> moduleOf) {
            return Layer.isWithin(from, dependency.getOriginClass().getPackageName())
                    && layer(dependency.getTargetClass(), moduleOf).equals(Optional.of(into));
        }
    }

    private static final class BeInALayer extends ArchCondition<JavaClass> {
        private final Function<JavaClass, Optional<String>> moduleOf;

        BeInALayer(Function<JavaClass, Optional<String>> moduleOf) {
            super("be in a package of their module, which is in a layer");
            this.moduleOf = moduleOf;
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            String module = moduleOf.apply(type).orElse("?");
            Optional<Layer> layer = Layer.ofModule(module);
            if (layer.isEmpty()) {
                events.add(SimpleConditionEvent.violated(
                        type, type.getName() + " is in the module " + module + ", which has no place in Layer"));
            } else if (!layer.get().claims(type.getPackageName())) {
                events.add(SimpleConditionEvent.violated(
                        type,
                        type.getName() + " is in the module " + module + ", whose packages begin with "
                                + layer.get().rootPackage()));
            }
        }
    }

    private static final class UseLowerLayersOnly extends ArchCondition<JavaClass> {
        private final Function<JavaClass, Optional<String>> moduleOf;

        UseLowerLayersOnly(Function<JavaClass, Optional<String>> moduleOf) {
            super("use modules of lower layers only");
            this.moduleOf = moduleOf;
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            layer(type, moduleOf)
                    .ifPresent(own -> type.getDirectDependenciesFromSelf()
                            .forEach(dependency -> layer(dependency.getTargetClass(), moduleOf)
                                    .filter(other -> !own.mayUse(other))
                                    .ifPresent(other -> events.add(SimpleConditionEvent.violated(
                                            dependency,
                                            own + " may not use " + other + ": " + dependency.getDescription())))));
        }
    }

    private static final class UseOfPartsTheirEntriesOnly extends ArchCondition<JavaClass> {
        private final Function<JavaClass, Optional<String>> moduleOf;
        private final List<LookInside> exceptions;

        UseOfPartsTheirEntriesOnly(Function<JavaClass, Optional<String>> moduleOf, List<LookInside> exceptions) {
            super("use of parts their Main, App and Config only");
            this.moduleOf = moduleOf;
            this.exceptions = exceptions;
        }

        @Override
        public void check(JavaClass type, ConditionEvents events) {
            inside(type, moduleOf)
                    .filter(dependency ->
                            exceptions.stream().noneMatch(exception -> exception.allows(dependency, moduleOf)))
                    .forEach(dependency -> events.add(SimpleConditionEvent.violated(
                            dependency,
                            layer(dependency.getTargetClass(), moduleOf).orElseThrow() + " shows nobody its "
                                    + topLevel(dependency.getTargetClass()).getSimpleName() + ": "
                                    + dependency.getDescription())));
        }
    }
}
