package io.tidewatch.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

final class BucketTest {
    private static final Instant THURSDAY = Instant.parse("2026-12-31T23:59:59.999Z");
    private static final Instant FRIDAY = Instant.parse("2027-01-01T00:00:00Z");

    @Test
    void isNamedByItsFirstDay() {
        assertThat(Bucket.DAY.of(THURSDAY)).isEqualTo("2026-12-31");
        assertThat(Bucket.WEEK.of(THURSDAY)).isEqualTo("2026-12-28");
        assertThat(Bucket.MONTH.of(THURSDAY)).isEqualTo("2026-12-01");
        assertThat(Bucket.YEAR.of(THURSDAY)).isEqualTo("2026-01-01");
    }

    @Test
    void beginsAtMidnightInUtc() {
        assertThat(Bucket.DAY.of(FRIDAY)).isEqualTo("2027-01-01");
        assertThat(Bucket.WEEK.of(FRIDAY)).isEqualTo("2026-12-28");
        assertThat(Bucket.MONTH.of(FRIDAY)).isEqualTo("2027-01-01");
        assertThat(Bucket.YEAR.of(FRIDAY)).isEqualTo("2027-01-01");
    }

    @Test
    void listsThoseOfASpanOldestFirstAndNotTheOneThatBeginsAtItsEnd() {
        Instant monthEarlier = Instant.parse("2026-11-30T10:00:00Z");

        assertThat(Bucket.MONTH.between(monthEarlier, FRIDAY))
                .containsExactly(LocalDate.parse("2026-11-01"), LocalDate.parse("2026-12-01"));
        assertThat(Bucket.MONTH.between(monthEarlier, FRIDAY.plusMillis(1))).hasSize(3);
    }

    @Test
    void listsNoneForAnEmptySpan() {
        assertThat(Bucket.DAY.between(FRIDAY, FRIDAY)).isEmpty();
        assertThat(Bucket.DAY.between(FRIDAY, THURSDAY)).isEmpty();
    }
}
