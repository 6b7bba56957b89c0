package io.tidewatch.gateway.history;

import static io.tidewatch.gateway.history.StoredAttempts.attempt;
import static io.tidewatch.gateway.history.StoredAttempts.transition;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.timeseries.StoredAttempt;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.schema.AttemptResult;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ToldTransitionTest {
    private static final StoredAttempt.Transition EARLIER = transition(Instant.ofEpochMilli(1000));
    private static final StoredAttempt.Transition LATER = transition(Instant.ofEpochMilli(2000));

    @Test
    void showsATransitionWithEachNotificationAndAllItsAttempts() {
        ToldTransition told = ToldTransition.group(List.of(
                        attempt(EARLIER, "nt2", "d2", 2, AttemptResult.CONFIRMED, ""),
                        attempt(EARLIER, "nt2", "d2", 1, AttemptResult.NOT_RECEIVED, "503"),
                        attempt(EARLIER, "nt1", "e:nt1", 0, AttemptResult.SUPPRESSED, "silence si1 by ann: moving")))
                .get(0);

        assertThat(new ToldTransitionJson(id -> Json.MAPPER.createObjectNode().put("of", id)).write(told))
                .hasToString(
                        "{\"id\":\"acme:en1:al1:ch1:1000:CRITICAL\",\"timestamp\":1000,\"notification_plan_id\":\"np1\","
                                + "\"transaction_id\":\"acme:en1:al1:ch1:1000:CRITICAL\",\"status\":\"down\","
                                + "\"state\":\"CRITICAL\",\"previous_state\":\"OK\",\"truncated\":false,"
                                + "\"notification_results\":["
                                + "{\"notification_id\":\"nt1\",\"notification_type\":\"webhook\","
                                + "\"notification_details\":{\"of\":\"nt1\"},\"in_progress\":false,"
                                + "\"message\":\"The notification was suppressed: silence si1 by ann: moving\","
                                + "\"success\":false,\"result\":\"SUPPRESSED\","
                                + "\"reason\":\"silence si1 by ann: moving\",\"attempts\":["
                                + "{\"message\":\"The notification was suppressed: silence si1 by ann: moving\","
                                + "\"from\":\"\",\"result\":\"SUPPRESSED\",\"reason\":\"silence si1 by ann: moving\","
                                + "\"attempt\":0,\"timestamp\":1000,\"took_ms\":0,\"not_before\":null,"
                                + "\"delivery_id\":\"e:nt1\",\"digest_id\":null,\"kind\":null,\"incident\":1}]},"
                                + "{\"notification_id\":\"nt2\",\"notification_type\":\"webhook\","
                                + "\"notification_details\":{\"of\":\"nt2\"},\"in_progress\":false,"
                                + "\"message\":\"Success: the receiver has confirmed it\",\"success\":true,"
                                + "\"result\":\"CONFIRMED\",\"reason\":\"\",\"attempts\":["
                                + "{\"message\":\"The receiver has not got it: 503\",\"from\":\"notifier-1\","
                                + "\"result\":\"NOT_RECEIVED\",\"reason\":\"503\",\"attempt\":1,\"timestamp\":2000,"
                                + "\"took_ms\":17,\"not_before\":null,\"delivery_id\":\"d2\",\"digest_id\":\"dg\",\"kind\":\"PROBLEM\","
                                + "\"incident\":1},"
                                + "{\"message\":\"Success: the receiver has confirmed it\",\"from\":\"notifier-1\","
                                + "\"result\":\"CONFIRMED\",\"reason\":\"\",\"attempt\":2,\"timestamp\":3000,"
                                + "\"took_ms\":17,\"not_before\":null,\"delivery_id\":\"d2\",\"digest_id\":\"dg\",\"kind\":\"PROBLEM\","
                                + "\"incident\":1}]}]}");
    }

    @Test
    void keepsTransitionsApartAndInTheirOrder() {
        StoredAttempt first = attempt(LATER, "nt1", "d2", 1, AttemptResult.CONFIRMED, "");
        StoredAttempt second = attempt(EARLIER, "nt1", "d1", 2, AttemptResult.CONFIRMED, "");
        StoredAttempt third = attempt(EARLIER, "nt1", "d1", 1, AttemptResult.UNKNOWN, "timeout");

        assertThat(ToldTransition.group(List.of(first, second, third)))
                .containsExactly(
                        new ToldTransition(LATER, List.of(first)), new ToldTransition(EARLIER, List.of(second, third)));
        assertThat(ToldTransition.group(List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(AttemptResult.class)
    void isInProgressUntilAnAttemptIsFinal(AttemptResult result) {
        boolean isTriedAgain = result == AttemptResult.NOT_RECEIVED || result == AttemptResult.UNKNOWN;

        ToldTransition.Result only = result(attempt(EARLIER, "nt1", "d1", 1, result, "x"));

        assertThat(only.isInProgress()).isEqualTo(isTriedAgain);
        assertThat(only.isSuccess()).isEqualTo(result == AttemptResult.CONFIRMED);
        assertThat(only.deciding().result()).isEqualTo(result);
    }

    /** A reminder is another message about the same transition. */
    @Test
    void isInProgressWhileOneOfSeveralMessagesIsTriedThoughAnotherWasConfirmed() {
        StoredAttempt told = attempt(EARLIER, "nt1", "d1", 1, AttemptResult.CONFIRMED, "");
        StoredAttempt reminder = attempt(EARLIER, "nt1", "d2", 2, AttemptResult.NOT_RECEIVED, "503");
        StoredAttempt end = attempt(EARLIER, "nt1", "d2", 3, AttemptResult.GIVEN_UP, "too long");

        assertThat(result(told, reminder).isInProgress()).isTrue();
        assertThat(result(told, reminder).deciding()).isEqualTo(told);
        assertThat(result(told, reminder, end).isInProgress()).isFalse();
        assertThat(result(told, reminder, end).isSuccess()).isTrue();
        assertThat(result(reminder, end).deciding()).isEqualTo(end);
    }

    /** Whoever takes over may send once more what its former owner was just about to write down. */
    @Test
    void isNotInProgressOnceItWasConfirmedWhateverIsWrittenLater() {
        assertThat(result(
                                attempt(EARLIER, "nt1", "d1", 1, AttemptResult.CONFIRMED, ""),
                                attempt(EARLIER, "nt1", "d1", 2, AttemptResult.UNKNOWN, "timeout"))
                        .isInProgress())
                .isFalse();
    }

    @Test
    void saysWhenOlderAttemptsAreLeftOut() {
        StoredAttempt one = attempt(EARLIER, "nt1", "d1", 1, AttemptResult.NOT_RECEIVED, "503");
        int most = TimeSeries.MAX_ATTEMPTS_OF_A_TRANSITION;

        assertThat(new ToldTransition(EARLIER, Collections.nCopies(most - 1, one)).isTruncated())
                .isFalse();
        assertThat(new ToldTransition(EARLIER, Collections.nCopies(most, one)).isTruncated())
                .isTrue();
    }

    private static ToldTransition.Result result(StoredAttempt... oldestFirst) {
        return new ToldTransition.Result(Arrays.asList(oldestFirst));
    }
}
