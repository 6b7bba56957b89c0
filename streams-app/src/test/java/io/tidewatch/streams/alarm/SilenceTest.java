package io.tidewatch.streams.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of an alarm whose check nobody reports any more. Its window is 45 s throughout, so the limit 135 s. */
class SilenceTest {
    private static final Duration LIMIT = Duration.ofSeconds(135).plus(CaughtUpTime.RESOLUTION);

    private final AlarmRig rig;

    SilenceTest(@TempDir Path stateDir) {
        rig = new AlarmRig(stateDir);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void givesUpTheStateOnceSilenceIsLongerThanThreeWindows() {
        rig.check("remote.http", 30, "a").alarm("al1", "").observe(0, "a");
        rig.transitions();

        rig.quiet(LIMIT);
        assertThat(rig.transitions()).isEmpty();
        rig.quiet(Duration.ofMillis(1));

        assertThat(rig.transitions()).containsExactly("135.0 OK->UNKNOWN: no data since 2026-01-01T00:00:00Z");
        rig.quiet(LIMIT.multipliedBy(5));
        assertThat(rig.transitions()).isEmpty();
    }

    @Test
    void comesBackByTheOrdinaryRules() {
        rig.check("remote.http", 30, "a", "b", "c").alarm("al1", "");
        rig.unavailable(0, "a", "down").unavailable(1, "b", "down").quiet(LIMIT.plusMillis(1));
        rig.transitions();

        rig.observe(500, "a");
        assertThat(rig.transitions()).isEmpty();
        rig.observe(501, "b");

        assertThat(rig.transitions()).containsExactly("501.0 UNKNOWN->OK: fine");
    }

    @Test
    void fallsSilentAgainAfterItCameBack() {
        rig.check("remote.http", 30, "a").alarm("al1", "").observe(0, "a").quiet(LIMIT.plusMillis(1));
        rig.observe(300, "a");
        rig.transitions();

        rig.quiet(LIMIT.plusMillis(1));

        assertThat(rig.transitions()).containsExactly("435.0 OK->UNKNOWN: no data since 2026-01-01T00:05:00Z");
    }

    @Test
    void isNotSilentAsLongAsOneZoneReports() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", ":set consistencyLevel=ALL");
        rig.observe(0, "a").observe(1, "b").quiet(LIMIT);
        rig.observe(30, "b").quiet(LIMIT);

        assertThat(rig.transitions()).containsExactly("1.0 UNKNOWN->OK: fine");
    }

    @Test
    void hearsNothingInResultsThatItDoesNotConsider() {
        rig.check("remote.http", 30, "a").alarm("al1", "").observe(0, "a").quiet(LIMIT);
        rig.observe(0, "a").observe(60, "stranger").quiet(Duration.ofMillis(1));

        assertThat(rig.transitions()).hasSize(2).last().asString().contains("no data since");
    }

    @Test
    void leavesAlarmsAloneThatDoNotWantIt() {
        rig.check("remote.http", 30, "a");
        rig.alarm(AlarmRig.alarmBuilder("al1", "").setUnknownWhenSilent(false));
        rig.observe(0, "a").quiet(LIMIT.multipliedBy(3));
        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine");

        rig.alarm(AlarmRig.alarmBuilder("al1", "").setUnknownWhenSilent(true)).observe(30, "a");
        rig.quiet(LIMIT.plusMillis(1));

        assertThat(rig.transitions()).containsExactly("165.0 OK->UNKNOWN: no data since 2026-01-01T00:00:30Z");
    }

    @Test
    void expectsNothingOfADisabledCheck() {
        rig.check("remote.http", 30, "a").alarm("al1", "").observe(0, "a");
        rig.check(AlarmRig.checkBuilder("remote.http", 30, "a").setDisabled(true));

        rig.quiet(LIMIT.multipliedBy(3));

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine");
    }

    @Test
    void waitsLongerForAnAlarmThatCountsLonger() {
        rig.check("remote.http", 30, "a").alarm("al1", "").alarm("al2", ":set consecutiveCount=2");
        rig.observe(0, "a").observe(30, "a");
        rig.transitions();

        rig.quiet(LIMIT.plusMillis(1));
        assertThat(rig.events()).extracting(AlertEvent::getAlarmId).containsExactly("al1");
        rig.quiet(LIMIT);

        assertThat(rig.events()).extracting(AlertEvent::getAlarmId).containsExactly("al2");
    }

    @Test
    void showsThatNoZoneIsFresh() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", ":set consistencyLevel=ONE");
        rig.observe(0, "a").observe(1, "b", "n", 1L).quiet(LIMIT.plusMillis(1));

        var state = rig.states().get("t/en1/al1");
        assertThat(state.getState()).isEqualTo(State.UNKNOWN);
        assertThat(state.getZones()).extracting("fresh").containsExactly(false, false);
        AlertEvent event = rig.events().get(1);
        assertThat(event.getZoneId()).isNull();
        assertThat(event.getMetrics()).isEmpty();
        assertThat(event.getObservations()).hasSize(2);
        assertThat(event.getEventId())
                .isEqualTo("t:en1:al1:ch1:" + (AlarmRig.START.toEpochMilli() + 136_000) + ":UNKNOWN");
    }

    @Test
    void tellsWhenAZoneGoesStaleAndWhenItIsFreshAgain() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", "");
        rig.observe(0, "a").observe(1, "b").observe(30, "a").observe(46, "a");
        assertThat(rig.states().get("t/en1/al1").getZones()).extracting("fresh").containsExactly(true, true);

        rig.observe(46.001, "a");
        assertThat(rig.states().get("t/en1/al1").getZones()).extracting("fresh").containsExactly(true, false);
        rig.observe(60, "a");
        assertThat(rig.states()).isEmpty();
        rig.observe(61, "b");

        assertThat(rig.states().get("t/en1/al1").getZones()).extracting("fresh").containsExactly(true, true);
    }
}
