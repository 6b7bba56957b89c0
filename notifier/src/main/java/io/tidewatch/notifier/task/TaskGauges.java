package io.tidewatch.notifier.task;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;

/**
 * How much the tasks of a process have to do, all together: {@code tidewatch.notifier.queued}, messages that have not ended, and
 * {@code tidewatch.notifier.open}, alarms with a problem or with a receiver that knows of one. Thread-safe; what it shows of a
 * task is as of some moment.
 */
public final class TaskGauges {
    private final Map<Integer, Task> tasks = new ConcurrentHashMap<>();

    private record Task(IntSupplier queued, IntSupplier open) {}

    public TaskGauges(MeterRegistry meters) {
        Gauge.builder(
                        "tidewatch.notifier.queued",
                        this,
                        all -> all.sum(task -> task.queued().getAsInt()))
                .register(meters);
        Gauge.builder(
                        "tidewatch.notifier.open",
                        this,
                        all -> all.sum(task -> task.open().getAsInt()))
                .register(meters);
    }

    void add(int partition, IntSupplier queued, IntSupplier open) {
        tasks.put(partition, new Task(queued, open));
    }

    void remove(int partition) {
        tasks.remove(partition);
    }

    private int sum(ToIntFunction<Task> of) {
        return tasks.values().stream().mapToInt(of).sum();
    }
}
