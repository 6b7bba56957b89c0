package io.tidewatch.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StoreFormatTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Serde<SeriesWindow> WINDOWS = StoreFormat.windows();

    @ParameterizedTest
    @ValueSource(
            doubles = {
                0,
                -0.0,
                1,
                -1,
                0.1,
                1e300,
                -1e300,
                Double.MIN_VALUE,
                4503599627370496.0,
                4503599627370498.0,
                -4503599627370496.0,
                -4503599627370498.0,
                9.2e18,
                -9.3e18
            })
    void keepsNumbersToTheLastBit(double number) {
        StoreOutput out = new StoreOutput((byte) 2);
        out.writeNumber(number);

        StoreInput in = new StoreInput(out.toBytes());

        assertThat(in.readByte()).isEqualTo((byte) 2);
        assertThat(Double.doubleToRawLongBits(in.readNumber())).isEqualTo(Double.doubleToRawLongBits(number));
    }

    @Test
    void keepsTheTextsOfEachResult() {
        SeriesWindow window = new SeriesWindow(START);
        String[] codes = {"200", "200", "", "500", "200"};
        for (int second = 4; second >= 0; second--) {
            window.enter(START.plusSeconds(second));
            if (!codes[second].isEmpty()) {
                window.addText("code", codes[second], START.plusSeconds(second));
            }
        }

        SeriesWindow read =
                WINDOWS.deserializer().deserialize("", WINDOWS.serializer().serialize("", window));

        assertThat(read.start()).isEqualTo(START);
        assertThat(read.texts().get("code").byOffset())
                .isEqualTo(Map.of(0, "200", 1000, "200", 3000, "500", 4000, "200"));
        assertThat(read.enter(START.plusSeconds(2))).isFalse();
        assertThat(read.enter(START.plusSeconds(5))).isTrue();
    }

    /** Each result reads and writes the window of its series: ten results of four metrics, as from a check every 30 s. */
    @Test
    void isSmallWhereValuesAreFew() {
        SeriesWindow window = new SeriesWindow(START);
        for (int second = 0; second < 300; second += 30) {
            Instant timestamp = START.plusSeconds(second);
            window.enter(timestamp);
            window.addNumber("@available", 1, timestamp, null);
            window.addNumber("duration", 100 + second, timestamp, "milliseconds");
            window.addNumber("bytes", 5120, timestamp, "bytes");
            window.addText("code", "200", timestamp);
        }

        assertThat(WINDOWS.serializer().serialize("", window)).hasSizeLessThan(250);
    }

    @Test
    void refusesAStoreOfTheVersionBefore() {
        assertThatThrownBy(() -> WINDOWS.deserializer().deserialize("", new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("version 1")
                .hasMessageContaining("kafka-streams-application-reset");
    }

    @Test
    void refusesWhatIsCutOff() {
        assertThatThrownBy(() -> WINDOWS.deserializer().deserialize("", new byte[] {2, 0, 8}))
                .isInstanceOf(SerializationException.class);
    }
}
