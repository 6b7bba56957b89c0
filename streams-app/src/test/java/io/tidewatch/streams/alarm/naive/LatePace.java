package io.tidewatch.streams.alarm.naive;

import io.tidewatch.streams.alarm.LateCompiler;
import java.time.Duration;
import java.util.Random;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Compiles a criteria now and then, while a story goes on, and the rest at its end. */
final class LatePace implements StoryStage.Pace {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final int COMPILES_EVERY = 4;

    private final LateCompiler compiler;
    private final Random random;
    private int waited;

    LatePace(LateCompiler compiler, Random random) {
        this.compiler = compiler;
        this.random = random;
    }

    /** After how many steps something waited. */
    int waited() {
        return waited;
    }

    @Override
    public void afterStep(TopologyTestDriver driver) {
        if (random.nextInt(COMPILES_EVERY) == 0) {
            compiler.compileOne();
            driver.advanceWallClockTime(TICK);
        }
        if (somethingWaits(driver)) {
            waited++;
        }
    }

    @Override
    public void atEnd(TopologyTestDriver driver) {
        while (somethingWaits(driver)) {
            compiler.compileAll();
            driver.advanceWallClockTime(TICK);
        }
    }

    private static boolean somethingWaits(TopologyTestDriver driver) {
        try (KeyValueIterator<String, Object> rows =
                driver.<String, Object>getKeyValueStore("held-inputs").all()) {
            return rows.hasNext();
        }
    }
}
