package io.tidewatch.standalone.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.operations.App;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalPartTest {
    /** 'up' ended everything when strangers kept a part's port for health and metrics busy. */
    @Test
    void livesAsLongAsItSaysSoItselfWhateverHoldsUpItsPort() {
        assertThat(new LocalPart("lamp", new LampWithoutPort(List.of())).deadBecause())
                .isEmpty();
    }

    @Test
    void isDeadForTheReasonsThatItGives() {
        App lamp = new LampWithoutPort(List.of("the bulb has burnt out", "the cable is cut"));

        assertThat(new LocalPart("lamp", lamp).deadBecause())
                .hasValue("lamp: the bulb has burnt out; the cable is cut");
    }

    /** A part that nobody can ask over HTTP. */
    private record LampWithoutPort(List<String> deadBecause) implements App {
        @Override
        public void start() {}

        @Override
        public List<String> unreadyBecause() {
            return List.of();
        }

        @Override
        public int operationsPort() {
            throw new IllegalStateException("Nothing answers on this port");
        }

        @Override
        public void close() {}
    }
}
