package io.tidewatch.system.fuzz;

import io.tidewatch.system.drills.DrillOptions;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * How much is sent, and what exactly: the same seed sends the same.
 *
 * @param requests to the API, over all kinds of them
 * @param records to the topic of results, over all kinds of them
 * @param only the kinds to run, or with a minus before them those not to run; all when there are none
 */
record FuzzPlan(long seed, int requests, int records, List<String> only) {
    private static final int FULL = 100_000;
    private static final int SHORT = 2_500;

    /** From the properties {@code seed}, {@code requests}, {@code records} and {@code kinds}. */
    static FuzzPlan fromProperties() {
        int size = DrillOptions.isFull() ? FULL : SHORT;
        return new FuzzPlan(
                DrillOptions.seed(),
                Integer.getInteger("requests", size),
                Integer.getInteger("records", size),
                Stream.of(System.getProperty("kinds", "").split(","))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    /**
     * What becomes of request or record {@code index} of a kind by chance, whoever else is sent before or beside it. Random
     * alone begins alike with seeds that follow each other, and so would thousands of requests.
     */
    Random random(String kind, long index) {
        return new Random(new SplittableRandom((seed * 31 + kind.hashCode()) * 1_000_003 + index).nextLong());
    }

    boolean includes(Kind kind) {
        return !only.contains("-" + kind.name())
                && (only.contains(kind.name()) || only.stream().allMatch(name -> name.startsWith("-")));
    }

    /** A number for scenes, which are not counted by requests: in short, or at length. */
    int scaled(int shortly, int fully) {
        return requests >= FULL / 10 ? fully : shortly;
    }

    /** The property that repeats one kind alone. */
    String repeat(String kind) {
        return "-Dseed=" + seed + " -Dkinds=" + kind + " -Drequests=" + requests + " -Drecords=" + records;
    }

    static <T> T pick(Random random, List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    static <T> T pick(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
