package io.tidewatch.streams.alarm.engine;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.configuration.Configuration;
import com.espertech.esper.compiler.client.CompilerArguments;
import com.espertech.esper.compiler.client.EPCompileException;
import com.espertech.esper.compiler.client.EPCompilerProvider;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.schema.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is compiled once in a process and deployed in every task: {@code alarms.epl}, and one statement for
 * each shape of criteria. Thread-safe; compiling the first statement takes about half a second, each further one some
 * twenty milliseconds and more. A stream thread therefore {@linkplain #reserve reserves} a shape and goes on with other
 * checks until it is there.
 */
public final class CriteriaShapes {
    private static final Logger LOG = LoggerFactory.getLogger(CriteriaShapes.class);
    private static final String ALARMS_EPL = "alarms.epl";

    /**
     * How long all tasks of this process together wait for shapes when they start, so that all alarms of an ordinary process
     * are evaluated from its first moment on. What is not compiled by then is waited for without holding up others.
     */
    private static final Duration START_PATIENCE = Duration.ofSeconds(5);

    private static final long AHEAD_WITHIN_MS = 10_000;

    /** Source: measured, see {@link ShapeLibrary#MAX_UNUSED}. */
    private static final long HEAP_BYTES_A_SHAPE = 110_000;

    /** So that a small heap is enough for an ordinary process: 400 shapes are 44 MB. */
    private static final long FEWEST_SHAPES = 400;

    /** Takes about a second in a young process, in which Kafka can be asked for partitions meanwhile. */
    private final CompletableFuture<EPCompiled> alarms = CompletableFuture.supplyAsync(() -> compile(read(ALARMS_EPL)));

    private final ShapeLibrary shapes;
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicLong patienceNanos;

    /** A key lives as long as its wording, which holds it. */
    private final Map<Wording.Words, WeakReference<Wording>> wordings = new WeakHashMap<>();

    private final AtomicInteger deployed = new AtomicInteger();
    private final long maxShapes = Math.max(FEWEST_SHAPES, Runtime.getRuntime().maxMemory() / 4 / HEAP_BYTES_A_SHAPE);

    /**
     * One compiled shape.
     *
     * @param number what {@link Observed#getShape} has to be for the statement to evaluate an event
     * @param judgement the expression that makes it
     */
    public record Shape(int number, String judgement, EPCompiled compiled) {}

    /** A shape that somebody needs: it is compiled as soon as possible, and stays until this is closed. */
    public final class Reservation implements AutoCloseable {
        private final String judgement;
        private final CompletableFuture<Shape> compiled;
        private boolean closed;

        Reservation(String judgement, CompletableFuture<Shape> compiled) {
            this.judgement = judgement;
            this.compiled = compiled;
        }

        /** Whether {@link CriteriaShapes#prepare} answers at once, be it with a failure. */
        public boolean isReady() {
            return compiled.isDone();
        }

        /** Waits for the shape as long as a start may take. Returns whether it is ready. */
        public boolean awaitAtStart() {
            long begin = System.nanoTime();
            try {
                compiled.get(Math.max(0, patienceNanos.get()), TimeUnit.NANOSECONDS);
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("A criteria is not compiled at the start of its task reason={}", e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            patienceNanos.addAndGet(begin - System.nanoTime());
            return isReady();
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                shapes.giveBack(judgement);
            }
        }
    }

    /** A criteria and what the engine evaluates it with. */
    public record Prepared(Criteria criteria, Shape shape, Wording wording, List<Object> literals) {}

    /** Compiles at once, on the thread that asks. */
    public CriteriaShapes() {
        this((tenant, compilation) -> compilation.run(), START_PATIENCE);
    }

    /** Compiles on the queue's threads. */
    public CriteriaShapes(CompileQueue queue) {
        this(queue::add, START_PATIENCE);
    }

    /**
     * @param run runs a tenant's compilation, now or later
     * @param startPatience how long all tasks together wait for shapes when they start
     */
    public CriteriaShapes(BiConsumer<String, Runnable> run, Duration startPatience) {
        this.patienceNanos = new AtomicLong(startPatience.toNanos());
        this.shapes = new ShapeLibrary(this::compileShape, run);
    }

    /**
     * Publishes {@code tidewatch.alarms.statements}: Esper statements for shapes of criteria that alarms use, over all tasks;
     * and {@code tidewatch.alarms.shapes}: those that are compiled, used or not.
     * Once for the process, and not with each task's own metrics.
     */
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tidewatch.alarms.statements", deployed, AtomicInteger::get)
                .register(meters);
        Gauge.builder("tidewatch.alarms.shapes", shapes, ShapeLibrary::size).register(meters);
    }

    /** How many statements of shapes alarms use, in all runtimes of the process together. */
    AtomicInteger deployed() {
        return deployed;
    }

    /**
     * Compiles the shape of a criteria that an alarm may soon need, so that the alarm's task finds it done; returns when it
     * is, or has taken too long. A criteria that is refused is none of our business: its alarm will say so.
     */
    public void compileAhead(String tenant, String criteria) {
        try (Reservation ahead = reserve(tenant, CriteriaParser.parse(criteria))) {
            Shape unused = ahead.compiled.get(AHEAD_WITHIN_MS, TimeUnit.MILLISECONDS);
        } catch (CriteriaException | ExecutionException | TimeoutException e) {
            LOG.debug("A criteria can't be compiled ahead reason={}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Begins to compile the shape of a criteria for a tenant, if it is not known. To be closed. */
    public Reservation reserve(String tenant, Criteria criteria) {
        String judgement = new CriteriaShape(criteria).epl();
        return new Reservation(judgement, shapes.use(tenant, judgement));
    }

    /**
     * Makes a criteria ready for the engine.
     *
     * @return empty when its shape is not compiled yet: it has to be {@linkplain #reserve reserved} first
     * @throws IllegalArgumentException when Esper can't compile it
     */
    public Optional<Prepared> prepare(String tenant, Criteria criteria) {
        CriteriaShape shape = new CriteriaShape(criteria);
        CompletableFuture<Shape> compiled = shapes.use(tenant, shape.epl());
        try {
            return compiled.isDone() ? Optional.of(prepared(criteria, shape, compiled.join())) : Optional.empty();
        } catch (CompletionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw new IllegalArgumentException(String.valueOf(cause.getMessage()), cause);
        } finally {
            shapes.giveBack(shape.epl());
        }
    }

    private Prepared prepared(Criteria criteria, CriteriaShape shape, Shape compiled) {
        Wording wording = shape.walks().isEmpty() ? wording(shape.words()) : new Wording(shape.words(), shape.walks());
        return new Prepared(criteria, compiled, wording, shape.literals());
    }

    /** Why there can be no statement of a shape; empty when there can, or is one. */
    Optional<String> objection(Shape shape) {
        return shapes.isUsed(shape.judgement()) || shapes.used() < maxShapes
                ? Optional.empty()
                : Optional.of("the alarms of this process have criteria of " + maxShapes
                        + " different forms, and its memory has no room for more");
    }

    /** Keeps a shape, because a statement of it runs. */
    void use(Shape shape) {
        shapes.use(shape);
    }

    /** Takes back one {@link #use}. */
    void giveBack(Shape shape) {
        shapes.giveBack(shape.judgement());
    }

    /** How many shapes are compiled or about to be, used or not. */
    int known() {
        return shapes.size();
    }

    /** The wording of these words: the one that other alarms have, too, if any has it. */
    private Wording wording(Wording.Words words) {
        synchronized (wordings) {
            WeakReference<Wording> known = wordings.get(words);
            Wording shared = known == null ? null : known.get();
            if (shared != null) {
                return shared;
            }
            Wording fresh = new Wording(words, List.of());
            wordings.put(words, new WeakReference<>(fresh));
            return fresh;
        }
    }

    /** The compiled {@code alarms.epl}. A failure to compile it in advance, for lack of memory perhaps, is not final. */
    EPCompiled alarms() {
        return alarms.exceptionally(failure -> compile(read(ALARMS_EPL))).join();
    }

    /** @throws IllegalArgumentException when Esper can't compile it */
    Shape compileShape(String judgement) {
        int number = numbers.incrementAndGet();
        return new Shape(number, judgement, compile("""
                    @name('criteria-%d')
                    insert into Judged
                    select o as observed, %s as judgement
                    from Observed(shape = %d) as o""".formatted(number, judgement, number)));
    }

    /** How every runtime and the compiler see events; a new object at each call, because Esper keeps it. */
    static Configuration configuration() {
        Configuration configuration = new Configuration();
        configuration.getCommon().addImport(State.class);
        configuration.getCommon().addEventType("Observed", Observed.class);
        declare(configuration, "Judged", "observed", Observed.class, "judgement", Judgement.class);
        declare(
                configuration,
                "Counted",
                "observed",
                Observed.class,
                "judgement",
                Judgement.class,
                "runLength",
                int.class,
                "vote",
                State.class);
        declare(
                configuration,
                "AlarmSeeded",
                "alarm",
                String.class,
                "state",
                State.class,
                "runState",
                State[].class,
                "runLength",
                int[].class,
                "vote",
                State[].class,
                "observedAt",
                long[].class);
        declare(configuration, "AlarmSilent", "alarm", String.class);
        declare(configuration, "AlarmForgotten", "alarm", String.class);
        Arithmetic.declare(configuration.getCompiler());
        // One thread owns a runtime, and time stands still in it: nothing is scheduled, nothing is locked.
        configuration.getRuntime().getThreading().setInternalTimerEnabled(false);
        configuration.getRuntime().getThreading().setListenerDispatchPreserveOrder(false);
        configuration.getRuntime().getThreading().setInsertIntoDispatchPreserveOrder(false);
        configuration.getRuntime().getExecution().setDisableLocking(true);
        configuration.getRuntime().getExceptionHandling().addClass(RethrowingExceptions.class);
        return configuration;
    }

    private static void declare(Configuration configuration, String type, Object... namesAndClasses) {
        String[] names = new String[namesAndClasses.length / 2];
        Object[] classes = new Object[names.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = (String) namesAndClasses[2 * i];
            classes[i] = namesAndClasses[2 * i + 1];
        }
        configuration.getCommon().addEventType(type, names, classes);
    }

    private static EPCompiled compile(String epl) {
        try {
            return EPCompilerProvider.getCompiler().compile(epl, new CompilerArguments(configuration()));
        } catch (EPCompileException e) {
            throw new IllegalArgumentException("Esper can't compile: " + e.getMessage(), e);
        }
    }

    private static String read(String resource) {
        try (InputStream in = CriteriaShapes.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("Not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read " + resource, e);
        }
    }
}
