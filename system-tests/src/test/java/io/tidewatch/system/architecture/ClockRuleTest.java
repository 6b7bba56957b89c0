package io.tidewatch.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Date;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody asks the machine what time it is, but for a process's entry, which hands its clock on. */
@AnalyzeClasses(locations = ModuleClasses.class, importOptions = HandWritten.class)
final class ClockRuleTest {
    @ArchTest
    static final ArchRule onlyAMainReadsTheClock = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Main")
            .should()
            .accessTargetWhere(new ReadsTheMachinesClock())
            .because("event time decides, and a test has to be able to say what time it is;"
                    + " System.nanoTime is free, as it measures durations only");

    @ParameterizedTest
    @ValueSource(
            classes = {
                AsksInstant.class,
                AsksSystemByReference.class,
                AsksLocalDateInAZone.class,
                MakesClock.class,
                MakesInstantSource.class,
                MakesDate.class,
                MakesCalendar.class
            })
    void catchesEveryWayToReadTheClock(Class<?> offender) {
        assertThat(onlyAMainReadsTheClock
                        .evaluate(new ClassFileImporter().importClasses(offender))
                        .hasViolation())
                .isTrue();
    }

    @Test
    void letsTimeBeReadFromAClockThatWasGiven() {
        assertThat(onlyAMainReadsTheClock
                        .evaluate(new ClassFileImporter().importClasses(AsksGivenClock.class))
                        .hasViolation())
                .isFalse();
    }

    private static final class ReadsTheMachinesClock extends DescribedPredicate<JavaAccess<?>> {
        private static final Set<String> CLOCK_FACTORIES =
                Set.of("system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes");

        ReadsTheMachinesClock() {
            super("the machine's clock is read");
        }

        @Override
        public boolean test(JavaAccess<?> access) {
            if (!(access.getTarget() instanceof CodeUnitAccessTarget target)) {
                return false;
            }
            String owner = target.getOwner().getFullName();
            String name = target.getName();
            return switch (owner) {
                case "java.lang.System" -> name.equals("currentTimeMillis");
                case "java.time.Clock", "java.time.InstantSource" -> CLOCK_FACTORIES.contains(name);
                case "java.util.Date" ->
                    name.equals("<init>") && target.getRawParameterTypes().isEmpty();
                case "java.util.Calendar" -> name.equals("getInstance");
                default -> owner.startsWith("java.time.") && name.equals("now") && !takesClock(target);
            };
        }

        private static boolean takesClock(CodeUnitAccessTarget target) {
            return target.getRawParameterTypes().stream().anyMatch(type -> type.isEquivalentTo(Clock.class));
        }
    }

    static final class AsksInstant {
        Instant read() {
            return Instant.now();
        }
    }

    static final class AsksSystemByReference {
        LongSupplier reader() {
            return System::currentTimeMillis;
        }
    }

    static final class AsksLocalDateInAZone {
        LocalDate read(ZoneId zone) {
            return LocalDate.now(zone);
        }
    }

    static final class MakesClock {
        Supplier<Clock> factory() {
            return Clock::systemUTC;
        }
    }

    static final class MakesInstantSource {
        InstantSource source() {
            return InstantSource.system();
        }
    }

    @SuppressWarnings("JavaUtilDate") // To be caught.
    static final class MakesDate {
        Date read() {
            return new Date();
        }
    }

    static final class MakesCalendar {
        Calendar read() {
            return Calendar.getInstance();
        }
    }

    static final class AsksGivenClock {
        Instant read(Clock clock) {
            return Instant.now(clock);
        }
    }
}
