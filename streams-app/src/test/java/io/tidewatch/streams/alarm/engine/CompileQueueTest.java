package io.tidewatch.streams.alarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class CompileQueueTest {
    private final CompileQueue queue = new CompileQueue(1);
    private final List<String> compiled = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void letsTenantsTakeTurns() {
        for (int i = 0; i < 250; i++) {
            add("greedy", "g" + i);
        }
        add("modest", "m0");
        add("other", "o0");
        add("modest", "m1");

        queue.start();

        await().until(() -> compiled.size() == 253);
        assertThat(compiled.subList(0, 6)).containsExactly("g0", "m0", "o0", "g1", "m1", "g2");
        assertThat(queue.size()).isZero();
    }

    @Test
    void compilesNothingMoreOnceClosed() {
        queue.start();

        queue.close();
        add("late", "l0");

        assertThat(queue.size()).isZero();
        assertThat(compiled).isEmpty();
    }

    private void add(String tenant, String name) {
        queue.add(tenant, () -> compiled.add(name));
    }
}
