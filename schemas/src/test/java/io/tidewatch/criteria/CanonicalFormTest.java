package io.tidewatch.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CanonicalFormTest {
    @ParameterizedTest
    @CsvSource({
        "5000.0, 5000",
        "0.250, 0.25",
        "0, 0",
        "-0.0, 0",
        "-1.5, -1.5",
        "1e-7, 0.0000001",
        "1.25e-5, 0.0000125",
        "12345678.9, 12345678.9",
        "1e7, 10000000",
        "9007199254740993, 9007199254740992",
        "1e22, 10000000000000000000000",
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity",
    })
    void writesDoublesWithoutExponentAndTrailingZeros(double value, String form) {
        assertThat(CanonicalForm.of(value)).isEqualTo(form);
    }

    @Test
    void writesTheLargestDoublesInFull() {
        assertThat(CanonicalForm.of(1.5e300)).isEqualTo("15" + "0".repeat(299));
    }

    @Test
    void writesIntegersPlainly() {
        assertThat(CanonicalForm.of(5000L)).isEqualTo("5000");
        assertThat(CanonicalForm.of(Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    }

    @Test
    void leavesStringsAsTheyAre() {
        assertThat(CanonicalForm.of(" 5.0 ")).isEqualTo(" 5.0 ");
    }

    @Test
    void writesBooleansAsWords() {
        assertThat(CanonicalForm.of(true)).isEqualTo("true");
        assertThat(CanonicalForm.of(false)).isEqualTo("false");
    }

    @Property
    void canBeReadBackAsTheSameDouble(@ForAll double value) {
        String form = CanonicalForm.of(value);

        assertThat(Double.parseDouble(form)).isEqualTo(value);
        assertThat(form).matches("-?(0|[1-9][0-9]*)([.][0-9]*[1-9])?");
    }

    @Property
    void isOneForEqualNumbersWhicheverTheirType(@ForAll int value) {
        assertThat(CanonicalForm.of((double) value)).isEqualTo(CanonicalForm.of((long) value));
    }
}
