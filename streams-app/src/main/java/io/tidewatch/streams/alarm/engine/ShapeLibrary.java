package io.tidewatch.streams.alarm.engine;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * The compiled shapes of a process, each once. One that somebody uses stays; of those that nobody uses the newest
 * {@value #MAX_UNUSED} stay, so that a criteria that is changed to and fro, or was compiled ahead, need not be compiled again.
 * Thread-safe.
 */
final class ShapeLibrary {
    /** Source: a shape takes about 110 KB of heap, measured; so this is 27 MB. */
    static final int MAX_UNUSED = 250;

    private final Function<String, CriteriaShapes.Shape> compile;
    private final BiConsumer<String, Runnable> run;
    private final Map<String, Entry> byJudgement = new HashMap<>();

    /** In the order in which they were used last. */
    private final Map<String, Entry> unused = new LinkedHashMap<>();

    /** A shape, compiled or about to be. */
    private static final class Entry {
        private final CompletableFuture<CriteriaShapes.Shape> compiled;
        private int users;

        Entry(CompletableFuture<CriteriaShapes.Shape> compiled) {
            this.compiled = compiled;
        }
    }

    /**
     * @param compile makes the shape of a judgement, or throws IllegalArgumentException
     * @param run runs a tenant's compilation, now or later
     */
    ShapeLibrary(Function<String, CriteriaShapes.Shape> compile, BiConsumer<String, Runnable> run) {
        this.compile = compile;
        this.run = run;
    }

    /** Begins to compile a shape for a tenant, if it is new. It stays until {@link #giveBack} is called as often. */
    CompletableFuture<CriteriaShapes.Shape> use(String tenant, String judgement) {
        CompletableFuture<CriteriaShapes.Shape> fresh = new CompletableFuture<>();
        CompletableFuture<CriteriaShapes.Shape> compiled = use(judgement, fresh);
        if (compiled == fresh) {
            run.accept(tenant, () -> complete(fresh, judgement));
        }
        return compiled;
    }

    /** Uses a shape that has been compiled already. */
    void use(CriteriaShapes.Shape shape) {
        CompletableFuture<CriteriaShapes.Shape> unused =
                use(shape.judgement(), CompletableFuture.completedFuture(shape));
    }

    private synchronized CompletableFuture<CriteriaShapes.Shape> use(
            String judgement, CompletableFuture<CriteriaShapes.Shape> ifNew) {
        Entry entry = byJudgement.computeIfAbsent(judgement, text -> new Entry(ifNew));
        entry.users++;
        unused.remove(judgement);
        return entry.compiled;
    }

    synchronized void giveBack(String judgement) {
        Entry entry = byJudgement.get(judgement);
        if (entry == null || --entry.users > 0) {
            return;
        }
        if (entry.compiled.isCompletedExceptionally()) {
            byJudgement.remove(judgement);
            return;
        }
        unused.put(judgement, entry);
        if (unused.size() > MAX_UNUSED) {
            String oldest = unused.keySet().iterator().next();
            unused.remove(oldest);
            byJudgement.remove(oldest);
        }
    }

    synchronized boolean isUsed(String judgement) {
        return byJudgement.containsKey(judgement) && !unused.containsKey(judgement);
    }

    /** How many shapes somebody uses. */
    synchronized int used() {
        return byJudgement.size() - unused.size();
    }

    /** How many shapes there are, used or not. */
    synchronized int size() {
        return byJudgement.size();
    }

    private void complete(CompletableFuture<CriteriaShapes.Shape> fresh, String judgement) {
        try {
            fresh.complete(compile.apply(judgement));
        } catch (RuntimeException | Error e) {
            fresh.completeExceptionally(e);
        }
    }
}
