package io.tidewatch.streams.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many alarms of one check cost what each of them costs, and no more; and there is a number that is too many. */
final class ManyAlarmsTest {
    private final AlarmRig rig;

    ManyAlarmsTest(@TempDir Path stateDir) {
        rig = new AlarmRig(stateDir);
        rig.check("remote.http", 30, "a", "b", "c");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void evaluatesThe250AlarmsThatWereThereFirst() {
        alarms(251);

        rig.unavailable(0, "a", "gone").unavailable(1, "b", "gone");

        assertThat(rig.transitions()).hasSize(250);
        Map<String, AlarmState> states = rig.states();
        assertThat(states.get("t/en1/al1249").getDisabledReason()).isNull();
        assertThat(states.get("t/en1/al1250").getDisabledReason())
                .isEqualTo("its check has 250 alarms that are evaluated, and can't have more");
    }

    @Test
    void takesAnotherAlarmForOneThatIsDeleted() {
        alarms(251);

        rig.noAlarm("al1000").alarm("al1250", "return OK, 'again'");

        assertThat(rig.states().get("t/en1/al1250").getDisabledReason()).isNull();
    }

    @Test
    void keepsTheSameAlarmsWhenTheirCheckChanges() {
        alarms(252);
        rig.states();

        rig.check("remote.http", 60, "a", "b", "c");

        assertThat(rig.states().values())
                .filteredOn(state -> state.getDisabledReason() != null)
                .extracting(AlarmState::getAlarmId)
                .containsExactlyInAnyOrder("al1250", "al1251");
    }

    /** Each form of criteria takes memory for good, and one tenant's 10 000 ended the process. */
    @Test
    void evaluatesNoMoreFormsOfCriteriaThanATenantMayHave() {
        rig.check("ch2", AlarmRig.checkBuilder("remote.http", 30, "a"));
        for (int form = 0; form < 301; form++) {
            String check = form % 2 == 0 ? "ch1" : "ch2";
            rig.alarm(AlarmRig.alarmBuilder("al" + form, criteriaOfForm(form)).setCheckId(check));
        }

        assertThat(rig.states().values())
                .filteredOn(state -> state.getDisabledReason() != null)
                .singleElement()
                .satisfies(state -> assertThat(state.getDisabledReason()).contains("criteria of 300 different forms"));
    }

    /** Once it was read for each of them: 9000 alarms took minutes, and nobody else's were decided meanwhile. */
    @Test
    void readsEachZoneOnceForAllAlarmsThatChange() {
        alarms(200);
        rig.unavailable(0, "a", "gone").unavailable(1, "b", "gone").unavailable(2, "c", "gone");
        CountedReads zones = new CountedReads();
        try (AlarmTask task = task(zones)) {
            int before = zones.reads();

            List<String> events = new ArrayList<>();
            task.observe("t/en1/ch1", rig.result(30, "a"), collecting(events));
            task.observe("t/en1/ch1", rig.result(31, "b"), collecting(events));

            assertThat(events).hasSize(200);
            assertThat(zones.reads() - before).isEqualTo(2 * (1 + 3));
        }
    }

    @Test
    void scansTheZonesOnceForAllAlarmsOfACheckThatChanges() {
        alarms(200);
        CountedReads zones = new CountedReads();
        try (AlarmTask task = task(zones)) {
            int before = zones.scans();
            Check changed = AlarmRig.checkBuilder("remote.http", 60, "a", "b").build();

            task.changeCheck("t/en1/ch1", changed, 0, collecting(new ArrayList<>()));

            assertThat(zones.scans() - before).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void refusesMoreZonesThanAnEventHasRoomFor() {
        String[] zones = new String[65];
        for (int i = 0; i < zones.length; i++) {
            zones[i] = "zone" + i;
        }

        rig.check("remote.http", 30, zones).alarm("al1", "");

        assertThat(rig.states().get("t/en1/al1").getDisabledReason())
                .isEqualTo("its check lists 65 zones, and can list at most 64");
    }

    @Test
    void forgetsTheOldestZonesThatAreNotListedAnyMore() {
        rig.alarm("al1", "");
        for (int i = 0; i < 70; i++) {
            rig.check("remote.http", 30, "zone" + i).observe(i, "zone" + i);
        }

        rig.check("remote.http", 30, "a");

        assertThat(rig.stores().zones().get("t/en1/ch1/zone5")).isNull();
        assertThat(rig.stores().zones().get("t/en1/ch1/zone6")).isNotNull();
    }

    /** One comparison for each bit of the form's number. */
    private static String criteriaOfForm(int form) {
        StringBuilder condition = new StringBuilder("metric['m'] == 0");
        for (int bits = form; bits > 0; bits >>= 1) {
            condition.append(bits % 2 == 0 ? " && metric['m'] > 1" : " && metric['m'] < 1");
        }
        return "if (" + condition + ") { return WARNING } return OK";
    }

    private void alarms(int count) {
        for (int i = 0; i < count; i++) {
            rig.alarm("al" + (1000 + i), "");
        }
    }

    private AlarmTask task(CountedReads zones) {
        AlarmStores stores = rig.stores();
        AlarmStores counted = new AlarmStores(
                stores.checks(), stores.alarms(), stores.memories(), zones.of(stores.zones()), stores.entities());
        AlarmEngine engine = new AlarmEngine("many-" + UUID.randomUUID(), new CriteriaShapes());
        return new AlarmTask(counted, engine, new AlarmMetrics(new SimpleMeterRegistry()), () -> 0);
    }

    private static AlarmTask.Output collecting(List<String> events) {
        return new AlarmTask.Output() {
            @Override
            public void publishAlert(String alarmKey, AlertEvent event) {
                events.add(alarmKey);
            }

            @Override
            public void publishState(String alarmKey, @Nullable AlarmState state) {}

            @Override
            public void putAside(BadRecordException reason) {
                throw reason;
            }
        };
    }
}
