package io.tidewatch.notifier.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TenantPassesTest {
    private final TenantPasses passes = new TenantPasses();

    @Test
    void goesThroughTheAlarmsOfATenantInParts() {
        passes.mark("t");

        assertThat(next(2)).containsExactly("t/0", "t/1");
        assertThat(next(2)).containsExactly("t/2");
        assertThat(next(2)).isEmpty();
    }

    @Test
    void goesThroughThemOnceMoreWhenSomethingChangedMeanwhile() {
        passes.mark("t");
        next(1);
        passes.mark("t");
        passes.mark("t");

        assertThat(next(10)).containsExactly("t/1", "t/2", "t/0", "t/1", "t/2");
        assertThat(next(10)).isEmpty();
    }

    @Test
    void goesThroughOneTenantAfterTheOther() {
        passes.mark("t");
        passes.mark("u");

        assertThat(next(4)).containsExactly("t/0", "t/1", "t/2", "u/0");
    }

    @Test
    void aTenantWithoutOpenAlarmsHoldsUpNobody() {
        passes.mark("none");
        passes.mark("t");

        assertThat(next(1)).containsExactly("t/0");
    }

    /** 10 000 alarms that change within 10 s, a hundred looks long: each change would otherwise look at all of them. */
    @Test
    void costsAsMuchALookHoweverOftenAlarmsChange() {
        List<String> alarms = IntStream.range(0, 10_000).mapToObj(i -> "t/" + i).toList();
        List<String> looked = new ArrayList<>();
        for (int look = 0; look < 100; look++) {
            for (int change = 0; change < 100; change++) {
                passes.mark("t");
            }
            looked.addAll(passes.next(200, tenant -> alarms));
        }
        assertThat(looked).hasSize(100 * 200);

        List<String> afterwards = new ArrayList<>();
        for (List<String> more = passes.next(200, tenant -> alarms);
                !more.isEmpty();
                more = passes.next(200, tenant -> alarms)) {
            afterwards.addAll(more);
        }
        assertThat(afterwards).hasSize(10_000);
        assertThat(new HashSet<>(afterwards)).as("each once more at the end").hasSize(10_000);
    }

    private List<String> next(int atMost) {
        return passes.next(
                atMost,
                tenant -> tenant.equals("none")
                        ? List.of()
                        : IntStream.range(0, 3).mapToObj(i -> tenant + "/" + i).toList());
    }
}
