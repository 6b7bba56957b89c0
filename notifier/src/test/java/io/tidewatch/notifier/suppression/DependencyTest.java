package io.tidewatch.notifier.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DependencyTest {
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Dependency ON_ROUTER =
            new Dependency(List.of(new Dependency.Parent("t/router", Duration.ofSeconds(90))), Duration.ofSeconds(60));
    private static final String WEB = "t/web/al1";
    private static final String ROUTER = "t/router/al1";

    private final Problems problems = new Problems();

    @Test
    void aProblemIsHeldUntilWhatItDependsOnWouldBeKnownToHaveOne() {
        assertThat(at(89))
                .isEqualTo(Verdict.problems(
                        "depends on router, which may have a problem too until 2026-03-01T12:01:30Z",
                        START.plusSeconds(90)));
        assertThat(at(90)).isEqualTo(Verdict.NONE);
    }

    @Test
    void aProblemIsHeldWhileWhatItDependsOnHasOne() {
        problem(ROUTER);

        assertThat(at(3600)).isEqualTo(Verdict.problems("depends on router, which has a problem"));
    }

    @Test
    void afterTheRecoveryAProblemIsHeldUntilAFreshResult() {
        problem(ROUTER);
        recovery(ROUTER, 600);

        assertThat(at(659))
                .isEqualTo(Verdict.problems(
                        "depends on router, which has just recovered: told if it is still so at 2026-03-01T12:11:00Z",
                        START.plusSeconds(660)));
        assertThat(at(660)).isEqualTo(Verdict.NONE);
    }

    @Test
    void dependsOnAnEntityACheckOrAnAlarm() {
        problem(ROUTER);

        for (String path : List.of("t/router", "t/router:ch1", "t/router:al1")) {
            assertThat(problems.holder(path, WEB)).contains(ROUTER);
        }
        for (String path : List.of("t/router2", "t/router:ch2", "u/router")) {
            assertThat(problems.holder(path, WEB)).isEmpty();
        }
    }

    @Test
    void whatOneAlarmHasLeftAnotherMayStillHave() {
        problem(ROUTER);
        problem("t/router/al2");
        recovery(ROUTER, 60);

        assertThat(at(3600).withholdsProblems()).isTrue();
    }

    @Test
    void noTwoAlarmsHoldEachOther() {
        problems.put(WEB, paths(WEB), List.of("t/router"));
        problems.put("t/switch/al1", paths("t/switch/al1"), List.of("t/web"));
        problems.put(ROUTER, paths(ROUTER), List.of("t/switch"));

        assertThat(at(3600)).isEqualTo(Verdict.NONE);
    }

    @Test
    void onlyWhatOthersDependOnMattersToThem() {
        assertThat(problem(ROUTER)).isFalse();
        assertThat(recovery(ROUTER, 1)).isFalse();

        problems.put(WEB, paths(WEB), List.of("t/router"));
        assertThat(problem(ROUTER)).isTrue();
        assertThat(problem(ROUTER)).isFalse();
        assertThat(recovery(ROUTER, 1)).isTrue();

        problems.remove(WEB, Optional.empty());
        assertThat(problem(ROUTER)).isFalse();
    }

    @Test
    void anAlarmIsNotHeldByItsOwnRecovery() {
        problems.ended(WEB, paths(WEB), START);

        assertThat(problems.lastEnd("t/web", WEB)).isEmpty();
        assertThat(problems.lastEnd("t/web", ROUTER)).contains(START);
    }

    @Test
    void forgetsOldRecoveries() {
        problems.ended(ROUTER, paths(ROUTER), START);

        problems.forget(Duration.ofSeconds(10), START.plusSeconds(10));
        assertThat(problems.lastEnd("t/router", WEB)).contains(START);
        problems.forget(Duration.ofSeconds(10), START.plusSeconds(11));
        assertThat(problems.lastEnd("t/router", WEB)).isEmpty();
    }

    private Verdict at(int seconds) {
        return ON_ROUTER.verdict(WEB, START, problems, START.plusSeconds(seconds));
    }

    private boolean problem(String alarmKey) {
        return problems.put(alarmKey, paths(alarmKey), List.of());
    }

    private boolean recovery(String alarmKey, int seconds) {
        return problems.remove(alarmKey, Optional.of(START.plusSeconds(seconds)));
    }

    private static List<String> paths(String alarmKey) {
        String[] key = alarmKey.split("/", 3);
        return Problems.paths(key[0], key[1], "ch1", key[2]);
    }
}
