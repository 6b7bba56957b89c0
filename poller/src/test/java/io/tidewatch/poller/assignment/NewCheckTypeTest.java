package io.tidewatch.poller.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.declaration.Unit;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.InvalidDetailsException;
import io.tidewatch.poller.TestZone;
import io.tidewatch.poller.probe.Measurements;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Outcomes;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.probe.ProbeType;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.TargetResolver;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All that a new type of check takes: a declaration, a probe, and a line in each of the two lists. */
class NewCheckTypeTest {
    /** The declaration: what a class of {@code io.tidewatch.checks.remote} holds. */
    private static final class RemoteDice {
        static final Field<Integer> DICE = Field.required("dice", Form.integer(1, 6), "How many dice are cast.");
        static final Field<Boolean> FAIR = Field.withDefault("fair", Form.flag(), true, "Whether they are fair.");
        static final DeclaredMetric SUM = DeclaredMetric.integer("sum", Unit.NONE);
        static final CheckType TYPE = CheckType.named("remote.dice", "Dice", "Casts dice.")
                .withFields(DICE, FAIR)
                .withMetrics(SUM);
    }

    /** The package of the poller. */
    private record DiceProbe(int dice, boolean fair, String host) implements Probe {
        static ProbeType type() {
            return new ProbeType(
                    RemoteDice.TYPE,
                    (details, target) -> new DiceProbe(
                            details.get(RemoteDice.DICE),
                            details.get(RemoteDice.FAIR),
                            target.required().host()));
        }

        @Override
        public void begin(Run run) {
            Measurements measured = new Measurements().integer(RemoteDice.SUM, fair ? 3L * dice : 6L * dice);
            run.finish(new Outcome.Available(dice + " dice at " + host, measured.toMap()));
        }
    }

    private final CheckTypes types = new CheckTypes(List.of(RemoteDice.TYPE));
    private final Probes probes = new Probes(List.of(DiceProbe.type()), TargetResolver.IPv4);
    private final TestZone zone = TestZone.allowing();

    @AfterEach
    void stop() throws IOException {
        zone.close();
    }

    @Test
    void goesFromDetailsToAnOutcome() throws Exception {
        CheckType type = types.find("remote.dice").orElseThrow();
        Map<String, Object> stored = type.stored(Map.of("dice", "2", "fair", "false"));

        Outcome outcome = zone.run(probes.probe(check(stored), Optional.empty()), Duration.ofSeconds(1));

        assertThat(stored).isEqualTo(Map.of("dice", 2L, "fair", false));
        assertThat(outcome.status()).isEqualTo("2 dice at 192.0.2.1");
        assertThat(Outcomes.values(outcome)).isEqualTo(Map.of("sum", 12L));
        assertThat(type.mayHave("sum")).isTrue();
        assertThat(type.mayHave("total")).isFalse();
    }

    @Test
    void isRefusedWhereItsDeclarationSaysSo() {
        assertThatThrownBy(() -> RemoteDice.TYPE.stored(Map.of("dice", 7L)))
                .isInstanceOf(InvalidDetailsException.class)
                .hasMessage("details.dice is 7, but has to be from 1 to 6");
    }

    private static Check check(Map<String, Object> details) {
        return Check.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setType(RemoteDice.TYPE.id())
                .setPeriodSeconds(60)
                .setTimeoutSeconds(30)
                .setTargetHostname("192.0.2.1")
                .setDetails(details)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }
}
