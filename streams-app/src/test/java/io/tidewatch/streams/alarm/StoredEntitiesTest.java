package io.tidewatch.streams.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.schema.State;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.streams.alarm.StoredEntities.StoredEntity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading the stores in step, with real ones. */
class StoredEntitiesTest {
    private final AlarmRig rig;
    private final AlarmStores stores;

    StoredEntitiesTest(@TempDir Path stateDir) {
        rig = new AlarmRig(stateDir);
        stores = rig.stores();
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void givesEachEntityItsOwnRowsWhateverItsName() {
        // A slash is between '.' and '0', and in UTF-16 the last two names are in the other order than in bytes.
        List<String> entities = List.of("en", "en-1", "en.1", "en1", "en10", "\uffee", "\ud83d\ude00");
        for (String entity : entities) {
            alarm("t/" + entity + "/al1");
            check("t/" + entity + "/ch1");
            zone("t/" + entity + "/ch1/a");
            zone("t/" + entity + "/ch1/b");
        }

        List<StoredEntity> read = read();

        assertThat(read).hasSize(entities.size()).allSatisfy(entity -> {
            String key = entity.alarms().get(0).key();
            String checkKey = key.replace("/al1", "/ch1");
            assertThat(entity.alarms()).hasSize(1);
            assertThat(entity.alarms().get(0).memory().getStatus()).isEqualTo(key);
            assertThat(entity.checks()).containsOnlyKeys(checkKey);
            assertThat(entity.zones()).containsOnlyKeys(checkKey);
            assertThat(entity.zones().get(checkKey)).containsOnlyKeys("a", "b");
        });
        assertThat(read.stream().map(entity -> entity.alarms().get(0).key()))
                .containsExactlyInAnyOrderElementsOf(
                        entities.stream().map(name -> "t/" + name + "/al1").toList());
    }

    @Test
    void passesOverEntitiesWithoutAlarms() {
        check("t/en1/ch1");
        zone("t/en1/ch1/");
        alarm("t/en2/al1");
        check("t/en3/ch1");
        alarm("t/en4/al1");
        alarm("t/en4/al2");
        check("t/en4/ch1");
        check("t/en4/ch2");
        zone("t/en4/ch2/");
        check("t/en5/ch1");

        List<StoredEntity> read = read();

        assertThat(read).hasSize(2);
        assertThat(read.get(0).alarms()).hasSize(1);
        assertThat(read.get(0).checks()).isEmpty();
        assertThat(read.get(0).zones()).isEmpty();
        assertThat(read.get(1).alarms())
                .extracting(StoredEntities.StoredAlarm::key)
                .containsExactly("t/en4/al1", "t/en4/al2");
        assertThat(read.get(1).checks()).containsOnlyKeys("t/en4/ch1", "t/en4/ch2");
        assertThat(read.get(1).zones()).containsOnlyKeys("t/en4/ch2");
    }

    @Test
    void refusesAnAlarmWithoutItsMemory() {
        alarm("t/en1/al1");
        stores.memories().delete("t/en1/al1");

        assertThatThrownBy(this::read).isInstanceOf(NullPointerException.class).hasMessage("t/en1/al1");
    }

    private List<StoredEntity> read() {
        List<StoredEntity> read = new ArrayList<>();
        try (StoredEntities entities = new StoredEntities(stores)) {
            while (entities.hasNext()) {
                read.add(entities.next());
            }
        }
        return read;
    }

    private void alarm(String key) {
        put(stores.alarms(), key, AlarmRig.alarmBuilder("al1", "").build());
        stores.memories().put(key, new AlarmMemory(State.OK, State.OK, null, key, null));
    }

    private void check(String key) {
        put(
                stores.checks(),
                key,
                AlarmRig.checkBuilder("remote.http", 30, "a", "b").build());
    }

    private void zone(String key) {
        put(stores.zones(), key, new ZoneMemory(AlarmRig.START, true, Map.of(), Map.of(), Map.of()));
    }

    private static <V> void put(KeyValueStore<String, V> store, String key, V value) {
        store.put(key, value);
    }
}
