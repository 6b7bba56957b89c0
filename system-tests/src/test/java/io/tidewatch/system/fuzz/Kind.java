package io.tidewatch.system.fuzz;

import io.tidewatch.system.fuzz.wire.Exchange;
import java.util.Random;
import java.util.function.BiFunction;

/** A kind of input, by a name without blanks. */
sealed interface Kind {
    String name();

    /** Requests that have nothing to do with each other, a share of all of them. */
    record OfRequests(String name, BiFunction<Random, Ground, Exchange> maker) implements Kind {}

    /** Records, a share of all of them. */
    record OfRecords(String name, BiFunction<Random, Ground, RawRecord> maker) implements Kind {}

    /** Something that takes several requests, in an order or at the same time. */
    record OfScenes(String name, Scene scene) implements Kind {}

    /** What happens in a scene. */
    @FunctionalInterface
    interface Scene {
        void play(Assault assault) throws Exception;
    }
}
