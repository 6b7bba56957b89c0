package io.tidewatch.streams.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlarmTopologyTest {
    private final AlarmRig rig;

    AlarmTopologyTest(@TempDir Path stateDir) {
        rig = new AlarmRig(stateDir);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void movesFromUnknownToOkAtTheFirstQuorum() {
        rig.check("remote.http", 30, "a", "b", "c").alarm("al1", "");

        rig.observe(0, "a").observe(1, "b").observe(2, "c");

        assertThat(rig.transitions()).containsExactly("1.0 UNKNOWN->OK: fine");
    }

    @Test
    void raisesWhenTwoOfThreeZonesAreSlowTwiceInARow() {
        rig.check("remote.http", 30, "a", "b", "c").alarm("al1", """
                        :set consecutiveCount=2
                        if (metric['duration'] > 1000) { return new AlarmStatus(CRITICAL, 'slow: #{duration} ms'); }
                        """);

        rig.observe(0, "a", "duration", 10L).observe(1, "b", "duration", 10L);
        rig.observe(30, "a", "duration", 10L).observe(31, "b", "duration", 10L);
        rig.observe(60, "a", "duration", 2000L).observe(61, "b", "duration", 2001L);
        rig.observe(90, "a", "duration", 2002L).observe(91, "b", "duration", 2003.5);

        assertThat(rig.transitions())
                .containsExactly(
                        "31.0 UNKNOWN->OK: Matched default return statement", "91.0 OK->CRITICAL: slow: 2003.5 ms");
    }

    @Test
    void tellsTheWholeStoryInTheEvent() {
        rig.entity("web1").check("remote.http", 30, "a", "b").alarm("al1", ":set consistencyLevel=ALL");

        rig.observe(0, "a", "code", "200").observe(1, "b", "code", "201");

        AlertEvent event = rig.events().get(0);
        assertThat(event.getEventId()).isEqualTo("t:en1:al1:ch1:" + (AlarmRig.START.toEpochMilli() + 1000) + ":OK");
        assertThat(event.getEntityLabel()).isEqualTo("web1");
        assertThat(event.getCheckLabel()).isEqualTo("the check");
        assertThat(event.getAlarmLabel()).isEqualTo("the alarm");
        assertThat(event.getNotificationPlanId()).isEqualTo("np1");
        assertThat(event.getZoneId()).isEqualTo("b");
        assertThat(event.getMetrics().get("code").getValue()).isEqualTo("201");
        assertThat(event.getObservations()).extracting("zoneId").containsExactly("a", "b");
    }

    @Test
    void callsAnUnavailableCheckCriticalWhateverTheCriteriaSays() {
        rig.check("remote.http", 30, "a").alarm("al1", "return new AlarmStatus(OK, 'never mind');");

        rig.unavailable(0, "a", "connection refused");

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->CRITICAL: connection refused");
    }

    @Test
    void computesRatesAgainstTheZonesOwnEarlierValue() {
        rig.check("remote.http", 10, "a", "b")
                .alarm(
                        "al1",
                        ":set consistencyLevel=ONE\n"
                                + "if (rate(metric['bytes']) >= 100) { return new AlarmStatus(WARNING, '#{bytes}'); }");

        rig.observe(0, "a", "bytes", 0L).observe(1, "b", "bytes", 5000L);
        rig.observe(10, "a", "bytes", 999L).observe(11, "b", "bytes", 6000L);

        assertThat(rig.transitions())
                .containsExactly("0.0 UNKNOWN->OK: Matched default return statement", "11.0 OK->WARNING: 6000");
    }

    @Test
    void keepsTheStateAndDropsTheVotesWhenTheCriteriaChanges() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", ":set consistencyLevel=ALL");
        rig.observe(0, "a").observe(1, "b");

        rig.alarm("al1", ":set consistencyLevel=ALL\nreturn new AlarmStatus(WARNING, 'hm');");
        rig.observe(30, "a");
        assertThat(rig.transitions()).containsExactly("1.0 UNKNOWN->OK: fine");
        rig.observe(31, "b");

        assertThat(rig.transitions()).containsExactly("31.0 OK->WARNING: hm");
    }

    @Test
    void forgetsADeletedAlarmAltogether() {
        rig.check("remote.http", 30, "a").alarm("al1", "");
        rig.observe(0, "a");
        rig.states();

        rig.noAlarm("al1");

        assertThat(rig.states()).containsEntry("t/en1/al1", null);
        rig.alarm("al1", "").observe(30, "a");
        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine", "30.0 UNKNOWN->OK: fine");
    }

    @Test
    void ignoresStrangersAndLateAndOldObservations() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", ":set consistencyLevel=ONE");
        rig.observe(100, "a");

        rig.unavailable(110, "stranger", "down");
        rig.unavailable(100, "a", "down");
        rig.unavailable(99, "a", "down");
        rig.unavailable(54, "b", "down");
        assertThat(rig.transitions()).containsExactly("100.0 UNKNOWN->OK: fine");
        rig.unavailable(55, "b", "down");

        assertThat(rig.transitions()).containsExactly("55.0 OK->CRITICAL: down");
    }

    @Test
    void takesTheValuesOfAResultThatIsTooOldToCountForEarlierOnes() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", """
                        :set consistencyLevel=ONE
                        if (previous(metric['n']) == 2 && rate(metric['n']) == 1) { return new AlarmStatus(CRITICAL, '#{n}'); }
                        """);
        rig.observe(0, "a", "n", 1L).observe(100, "b", "n", 7L);

        rig.observe(54, "a", "n", 2L);
        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: Matched default return statement");
        rig.observe(101, "a", "n", 49L);

        assertThat(rig.transitions()).containsExactly("101.0 OK->CRITICAL: 49");
    }

    @Test
    void keepsEachZonesOldVoteUntilAnotherStateIsConfirmed() {
        rig.check("remote.http", 30, "a").alarm("al1", ":set consecutiveCount=2");

        rig.observe(0, "a").observe(30, "a");
        rig.unavailable(60, "a", "blip").observe(90, "a").unavailable(120, "a", "down");
        assertThat(rig.transitions()).containsExactly("30.0 UNKNOWN->OK: fine");
        rig.unavailable(150, "a", "still down");

        assertThat(rig.transitions()).containsExactly("150.0 OK->CRITICAL: still down");
    }

    @Test
    void countsAVoteAsLongAsTheWindowReaches() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", "");

        rig.observe(0, "a").observe(45, "b");

        assertThat(rig.transitions()).containsExactly("45.0 UNKNOWN->OK: fine");
    }

    @Test
    void doesNotCountAVoteThatIsOlderThanTheWindow() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", "");

        rig.observe(0, "a").observe(45.001, "b");

        assertThat(rig.transitions()).isEmpty();
    }

    @Test
    void judgesAnAgentsCheckThatHasNoZones() {
        rig.check("agent.memory", 30).alarm("al1", "if (metric['free'] < 1.5) { return WARNING } return OK");

        rig.observe(0, null, "free", 1L);

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->WARNING: Matched return statement on line 1");
    }

    @Test
    void pingNeedsThreeInARowUnlessTheCriteriaSaysOtherwise() {
        rig.check("remote.ping", 30, "a").alarm("al1", "").alarm("al2", ":set consecutiveCount=1");

        rig.observe(0, "a").observe(30, "a").observe(60, "a");

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine", "60.0 UNKNOWN->OK: fine");
    }

    @Test
    void startsAnewWithVotesButNotWithTheStateWhenTheZonesChange() {
        rig.check("remote.http", 30, "a").alarm("al1", "");
        rig.observe(0, "a");

        rig.check("remote.http", 30, "a", "b", "c");
        rig.unavailable(30, "a", "down");
        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine");
        rig.unavailable(31, "b", "down too");

        assertThat(rig.transitions()).containsExactly("31.0 OK->CRITICAL: down too");
    }

    @Test
    void disablingKeepsTheStateAndEnablingStartsWithEmptyVotes() {
        rig.check("remote.http", 30, "a").alarm("al1", ":set consecutiveCount=2");
        rig.observe(0, "a").observe(30, "a");

        rig.alarm("al1", ":set consecutiveCount=2", true);
        rig.unavailable(60, "a", "down").unavailable(90, "a", "down");
        rig.alarm("al1", ":set consecutiveCount=2", false);
        rig.unavailable(120, "a", "down");
        assertThat(rig.transitions()).containsExactly("30.0 UNKNOWN->OK: fine");
        rig.unavailable(150, "a", "down");

        assertThat(rig.transitions()).containsExactly("150.0 OK->CRITICAL: down");
    }

    @Test
    void goesOnCountingWhenOnlyALabelChanges() {
        rig.check("remote.http", 30, "a")
                .alarm("al1", ":set consecutiveCount=2")
                .observe(0, "a");

        rig.alarm(AlarmRig.alarmBuilder("al1", ":set consecutiveCount=2").setLabel("renamed"));
        rig.check(AlarmRig.checkBuilder("remote.http", 30, "a").setLabel("renamed too"));
        rig.observe(30, "a");

        assertThat(rig.events()).singleElement().satisfies(event -> {
            assertThat(event.getAlarmLabel()).isEqualTo("renamed");
            assertThat(event.getCheckLabel()).isEqualTo("renamed too");
        });
    }

    @Test
    void disablesAnAlarmWithABadCriteriaAndPutsItsRecordAside() {
        rig.check("remote.http", 30, "a").alarm("al1", "if (").alarm("al2", "");

        rig.observe(0, "a");

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine");
        String reason = rig.states().get("t/en1/al1").getDisabledReason();
        assertThat(reason).startsWith("criteria, line 1 column 5: ");
        assertThat(rig.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.key()).isEqualTo("t/en1/al1");
            assertThat(rig.decodeAlarm(letter.value()).getCriteria()).isEqualTo("if (");
            assertThat(new String(letter.headers().lastHeader("reason").value(), StandardCharsets.UTF_8))
                    .isEqualTo("alarm t/en1/al1 is not evaluated: " + reason);
            assertThat(new String(letter.headers().lastHeader("stage").value(), StandardCharsets.UTF_8))
                    .isEqualTo("evaluate-alarms");
        });
        rig.alarm("al1", "").observe(30, "a");
        assertThat(rig.transitions()).containsExactly("30.0 UNKNOWN->OK: fine");
        assertThat(rig.states().get("t/en1/al1").getDisabledReason()).isNull();
    }

    @Test
    void countsTheStatementsThatAreDeployed() {
        rig.check("remote.http", 30, "a").alarm("al1", "return OK").alarm("al2", "return WARNING");
        assertThat(statements()).isEqualTo(1);

        rig.alarm("al2", "if (metric['x'] > 1) { return OK }");
        assertThat(statements()).isEqualTo(2);
        rig.noAlarm("al1").noAlarm("al2");

        assertThat(statements()).isZero();
    }

    private double statements() {
        return rig.meters.get("tidewatch.alarms.statements").gauge().value();
    }

    @Test
    void evaluatesAnAlarmThatCameBeforeItsCheck() {
        rig.alarm("al1", "").check("remote.http", 30, "a");

        rig.observe(0, "a");

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine");
    }

    @Test
    void remembersAPreviousValueThroughObservationsThatDoNotOfferIt() {
        rig.check("remote.http", 30, "a")
                .alarm(
                        "al1",
                        "if (metric['cert'] != previous(metric['cert'])) { return new AlarmStatus(WARNING, '#{cert}'); }");

        rig.observe(0, "a", "cert", "old").unavailable(30, "a", "down").observe(60, "a", "cert", "new");

        assertThat(rig.transitions())
                .containsExactly(
                        "0.0 UNKNOWN->OK: Matched default return statement",
                        "30.0 OK->CRITICAL: down",
                        "60.0 CRITICAL->WARNING: new");
    }

    @Test
    void namesTheFirstMissingMetricBeforeAnyOfTheWrongType() {
        rig.check("remote.http", 30, "a")
                .alarm("al1", "if (metric['n'] > 1 && metric['gone'] == 'x') { return CRITICAL }");

        rig.observe(0, "a", "n", "text").observe(30, "a", "n", "text", "gone", 1L);

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->CRITICAL: metric \"gone\" is not available");
        assertThat(rig.states().get("t/en1/al1").getZones().get(0).getStatus())
                .isEqualTo("metric \"gone\" is not available");
    }

    @Test
    void neverFindsTextInANumber() {
        rig.check("remote.http", 30, "a")
                .alarm("al1", "if (rate(metric['n']) nregex 'x' || rate(metric['n']) != 'x') { return CRITICAL }");

        rig.observe(0, "a", "n", 1L).observe(30, "a", "n", 2L);

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: Matched default return statement");
    }

    @Test
    void writesTheStateWithItsZones() {
        rig.check("remote.http", 30, "a", "b").alarm("al1", ":set consecutiveCount=2");

        rig.observe(0, "a").observe(30, "a");

        var state = rig.states().get("t/en1/al1");
        assertThat(state.getState()).isEqualTo(State.UNKNOWN);
        assertThat(state.getZones()).singleElement().satisfies(zone -> {
            assertThat(zone.getZoneId()).isEqualTo("a");
            assertThat(zone.getVote()).isEqualTo(State.OK);
            assertThat(zone.getRunLength()).isEqualTo(2);
            assertThat(zone.getFresh()).isTrue();
        });
    }
}
