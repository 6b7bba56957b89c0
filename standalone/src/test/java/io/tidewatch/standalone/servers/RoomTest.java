package io.tidewatch.standalone.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class RoomTest {
    @Test
    void saysHowMuchIsFreeAndHowMuchServersNeedToStart() {
        assertThatCode(() -> room(Room.MIB_TO_START << 20).requireEnoughToStart())
                .doesNotThrowAnyException();

        assertThatThrownBy(() -> room((Room.MIB_TO_START << 20) - 1).requireEnoughToStart())
                .isInstanceOf(ServerException.class)
                .hasMessage("The directory /data has 1023 MiB free, but 1024 MiB are needed: make room there, or choose"
                        + " another one with --data DIR.");
    }

    @Test
    void saysWhenServersBeginToFail() {
        assertThat(room(Room.MIB_TO_RUN << 20).shortage()).isEmpty();
        assertThat(room(0).shortage())
                .hasValue(
                        "The directory /data has 0 MiB free, but 256 MiB are needed: make room there, or choose another"
                                + " one with --data DIR.");
    }

    private static Room room(long freeBytes) {
        return new Room(Path.of("/data"), () -> freeBytes);
    }
}
