package io.tidewatch.streams.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class TenantCostsTest {
    private static final long MINUTE_MS = 60_000;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TenantCosts costs = new TenantCosts(meters);
    private final TaskCosts task = new TaskCosts(costs);
    private long nowMs = 1;

    TenantCostsTest() {
        task.tell(nowMs);
    }

    @Test
    void namesTheTenantsThatTookTheMostTimeAndAddsUpTheOthers() {
        for (int i = 1; i <= 12; i++) {
            task.addRecord("tenant" + i, TimeUnit.SECONDS.toNanos(i));
        }
        task.addDisabled("tenant12");

        aMinuteLater();

        assertThat(value("time", "tenant12")).isEqualTo(12);
        assertThat(value("disabled", "tenant12")).isEqualTo(1);
        assertThat(value("records", "tenant3")).isEqualTo(1);
        assertThat(value("time", TenantCosts.OTHERS)).isEqualTo(1 + 2);
        assertThat(value("records", TenantCosts.OTHERS)).isEqualTo(2);
    }

    @Test
    void showsTheLastMinuteOnly() {
        task.addRecord("early", 1);
        aMinuteLater();
        task.addRecord("late", 1);

        aMinuteLater();

        assertThat(tenants("time")).containsExactlyInAnyOrder("late", TenantCosts.OTHERS);
    }

    @Test
    void hasABoundedNumberOfSeriesAndLosesNothing() {
        task.addRecord("greedy", TimeUnit.SECONDS.toNanos(5));
        for (int i = 0; i < 20_000; i++) {
            task.addRecord("tenant" + i, TimeUnit.MILLISECONDS.toNanos(1));
        }

        aMinuteLater();

        assertThat(tenants("time")).hasSize(11).contains("greedy");
        double sum = tenants("time").stream()
                .mapToDouble(tenant -> value("time", tenant))
                .sum();
        assertThat(sum).isCloseTo(5 + 20, within(0.001));
    }

    private void aMinuteLater() {
        nowMs += MINUTE_MS;
        task.tell(nowMs);
    }

    private double value(String what, String tenant) {
        return meters.get("tidewatch.alarms.tenant." + what)
                .tag("tenant", tenant)
                .gauge()
                .value();
    }

    private List<String> tenants(String what) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> id.getName().equals("tidewatch.alarms.tenant." + what))
                .map(id -> String.valueOf(id.getTag("tenant")))
                .toList();
    }
}
