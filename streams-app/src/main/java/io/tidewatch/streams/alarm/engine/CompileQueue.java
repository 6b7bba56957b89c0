package io.tidewatch.streams.alarm.engine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Where criteria wait to be compiled: a queue for each tenant, and the queues take turns. Whoever changes a thousand alarms
 * waits for a thousand compilations, and everybody else for one.
 *
 * <p>Thread-safe. Has threads of its own.
 */
public final class CompileQueue implements AutoCloseable {
    private static final long END_WITHIN_MS = 2_000;

    private final Map<String, Queue<Runnable>> byTenant = new LinkedHashMap<>();
    private final Thread[] threads;
    private boolean closed;

    /** @param threads how many compile at the same time */
    public CompileQueue(int threads) {
        this.threads = new Thread[threads];
        for (int i = 0; i < threads; i++) {
            this.threads[i] = new Thread(this::work, "compile-criteria-" + i);
            this.threads[i].setDaemon(true);
        }
    }

    /** Starts compiling. Call once. */
    public CompileQueue start() {
        for (Thread thread : threads) {
            thread.start();
        }
        return this;
    }

    /** Puts a compilation at the end of a tenant's queue; after {@link #close} it will never be done. */
    synchronized void add(String tenant, Runnable compilation) {
        if (!closed) {
            byTenant.computeIfAbsent(tenant, name -> new ArrayDeque<>()).add(compilation);
            notify();
        }
    }

    /** Publishes {@code tidewatch.alarms.criteria.waiting}: criteria that wait to be compiled. */
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tidewatch.alarms.criteria.waiting", this, CompileQueue::size)
                .register(meters);
    }

    /** How many compilations wait. */
    synchronized int size() {
        return byTenant.values().stream().mapToInt(Queue::size).sum();
    }

    /** Ends the threads; waits a moment for what they are compiling. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            byTenant.clear();
            notifyAll();
        }
        try {
            for (Thread thread : threads) {
                thread.join(END_WITHIN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try {
            for (Runnable next = take(); next != null; next = take()) {
                next.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The next of the tenant whose turn it is, which then goes to the end; null when closed. */
    private synchronized @Nullable Runnable take() throws InterruptedException {
        while (!closed && byTenant.isEmpty()) {
            wait();
        }
        if (closed) {
            return null;
        }
        Iterator<Map.Entry<String, Queue<Runnable>>> turns = byTenant.entrySet().iterator();
        Map.Entry<String, Queue<Runnable>> turn = turns.next();
        String tenant = turn.getKey();
        Queue<Runnable> queue = turn.getValue();
        turns.remove();
        Runnable next = queue.remove();
        if (!queue.isEmpty()) {
            byTenant.put(tenant, queue);
        }
        return next;
    }
}
