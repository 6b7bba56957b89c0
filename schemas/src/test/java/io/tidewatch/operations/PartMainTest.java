package io.tidewatch.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.settings.KafkaSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

final class PartMainTest {
    private static final ConfigDef DEFINITION = KafkaSettings.define(new ConfigDef());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void printsItsVersionWithoutMakingThePart() {
        assertThat(run(new Lamp(), "--version")).isEqualTo(PartMain.DONE);

        assertThat(out.toString(StandardCharsets.UTF_8)).matches("tidewatch lamp \\d+\\.\\d+\\.\\d+.*\n");
    }

    @Test
    void answersWrongArgumentsWithTheUsage() {
        assertThat(run(new Lamp(), "--light")).isEqualTo(PartMain.WRONG_USAGE);

        assertThat(errors()).isEqualTo("tidewatch lamp: Usage: tidewatch lamp [--config FILE | --version]\n");
    }

    @Test
    void namesASettingThatIsNone() {
        PartMain main = main(new Lamp());

        int exitCode = main.run(new String[0], Map.of("TIDEWATCH_COLOUR", "red"), Clock.systemUTC());

        assertThat(exitCode).isEqualTo(PartMain.WRONG_USAGE);
        assertThat(errors()).startsWith("tidewatch lamp: Unknown environment variable TIDEWATCH_COLOUR.");
    }

    @Test
    void endsWhenThePartCannotStartAndClosesIt() {
        Lamp lamp = new Lamp();
        lamp.startFailure = Optional.of("topic lamps does not exist");

        assertThat(run(lamp)).isEqualTo(PartMain.FAILED);

        assertThat(errors()).isEqualTo("tidewatch lamp: can't start: topic lamps does not exist\n");
        assertThat(lamp.closed.get()).isPositive();
    }

    @Test
    void endsWhenOnlyARestartHelps() {
        Lamp lamp = new Lamp();
        lamp.dead = List.of("the bulb has burnt out", "the cable is cut");

        assertThat(run(lamp)).isEqualTo(PartMain.FAILED);

        assertThat(errors())
                .isEqualTo("tidewatch lamp: ended, because only a restart helps: the bulb has burnt out; the cable is"
                        + " cut\n");
        assertThat(lamp.closed.get()).isPositive();
    }

    private int run(Lamp lamp, String... arguments) {
        return main(lamp).run(arguments, Map.of(), Clock.systemUTC());
    }

    private PartMain main(Lamp lamp) {
        return new PartMain(
                "lamp",
                DEFINITION,
                (settings, clock) -> lamp,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
    }

    private String errors() {
        return errors.toString(StandardCharsets.UTF_8);
    }

    /** A part that does nothing but fail as it is told. */
    private static final class Lamp implements App {
        private final AtomicInteger closed = new AtomicInteger();
        private Optional<String> startFailure = Optional.empty();
        private List<String> dead = List.of();

        @Override
        public void start() {
            startFailure.ifPresent(reason -> {
                throw new IllegalStateException(reason);
            });
        }

        @Override
        public List<String> deadBecause() {
            return dead;
        }

        @Override
        public List<String> unreadyBecause() {
            return List.of();
        }

        @Override
        public int operationsPort() {
            return 0;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
