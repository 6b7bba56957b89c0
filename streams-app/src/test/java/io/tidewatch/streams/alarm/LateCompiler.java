package io.tidewatch.streams.alarm;

import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Compiles criteria when a test says so. */
public final class LateCompiler {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final CriteriaShapes shapes =
            new CriteriaShapes((tenant, compilation) -> waiting.add(compilation), Duration.ZERO);

    public CriteriaShapes shapes() {
        return shapes;
    }

    /** Compiles what has waited longest. Returns false when nothing has. */
    public boolean compileOne() {
        Runnable next = waiting.poll();
        if (next != null) {
            next.run();
        }
        return next != null;
    }

    /** Compiles all that waits. */
    public void compileAll() {
        while (compileOne()) {}
    }
}
