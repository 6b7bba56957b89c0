package io.tidewatch.streams.alarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ArithmeticTest {
    @Test
    void comparesIntegersExactlyAndAnythingElseAsDoubles() {
        assertThat(Arithmetic.compare(Long.MAX_VALUE, Long.MAX_VALUE - 1)).isEqualTo(1);
        assertThat(Arithmetic.compare(Long.MAX_VALUE, (double) Long.MAX_VALUE)).isZero();
        assertThat(Arithmetic.compare(1L, 1.5)).isEqualTo(-1);
    }

    @Test
    void comparesNothingWithWhatIsUndefinedOrNoNumber() {
        assertThat(Arithmetic.compare(null, 1L)).isNull();
        assertThat(Arithmetic.compare("1", 1L)).isNull();
        assertThat(Arithmetic.compare(Double.NaN, Double.NaN)).isNull();
    }

    @Test
    void findsNumbersEqualByValueAndTextsByTheirCanonicalForm() {
        assertThat(Arithmetic.same(5L, 5.0)).isTrue();
        assertThat(Arithmetic.same("5", 5.0)).isTrue();
        assertThat(Arithmetic.same(true, "true")).isTrue();
        assertThat(Arithmetic.same("a", "b")).isFalse();
        assertThat(Arithmetic.same(null, null)).isNull();
    }

    @Test
    void hasNoPercentageOfNothing() {
        assertThat(Arithmetic.percentage(1L, 4.0)).isEqualTo(25.0);
        assertThat(Arithmetic.percentage(1L, 0L)).isNull();
        assertThat(Arithmetic.percentage(null, 4L)).isNull();
    }

    @Test
    void takesBooleansForTextAndNumbersNot() {
        assertThat(Arithmetic.textOf("5")).isEqualTo("5");
        assertThat(Arithmetic.textOf(false)).isEqualTo("false");
        assertThat(Arithmetic.textOf(5L)).isNull();
    }

    @Test
    void seesALargeCounterGrowByLittleAndOneOverflow() {
        assertThat(Arithmetic.change(Long.MAX_VALUE, Long.MAX_VALUE - 1)).isEqualTo(1.0);
        assertThat(Arithmetic.change(Long.MAX_VALUE, Long.MIN_VALUE)).isEqualTo(0x1p64);
        assertThat(Arithmetic.change(1.5, 1L)).isEqualTo(0.5);
        assertThat(Arithmetic.change("2", 1L)).isNull();
    }
}
