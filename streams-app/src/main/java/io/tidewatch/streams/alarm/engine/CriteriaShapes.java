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
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that is compiled once in a process and deployed in every task: {@code alarms.epl}, and one statement for
 * each shape of criteria. Thread-safe; compiling the first statement takes about half a second, each further one some
 * twenty milliseconds.
 */
public final class CriteriaShapes {
    private static final Logger LOG = LoggerFactory.getLogger(CriteriaShapes.class);
    private static final String ALARMS_EPL = "alarms.epl";

    /** Takes about a second in a young process, in which Kafka can be asked for partitions meanwhile. */
    private final CompletableFuture<EPCompiled> alarms = CompletableFuture.supplyAsync(() -> compile(read(ALARMS_EPL)));

    private final Map<String, Shape> shapes = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();

    /** A key lives as long as its wording, which holds it. */
    private final Map<Wording.Words, WeakReference<Wording>> wordings = new WeakHashMap<>();

    private final AtomicInteger deployed = new AtomicInteger();

    /**
     * One compiled shape.
     *
     * @param number what {@link Observed#getShape} has to be for the statement to evaluate an event
     */
    public record Shape(int number, EPCompiled compiled) {}

    /** A criteria and what the engine evaluates it with. */
    public record Prepared(Criteria criteria, Shape shape, Wording wording, List<Object> literals) {}

    /**
     * Publishes {@code tidewatch.alarms.statements}: Esper statements for shapes of criteria, deployed now, over all tasks.
     * Once for the process, and not with each task's own metrics.
     */
    public void bindTo(MeterRegistry meters) {
        Gauge.builder("tidewatch.alarms.statements", deployed, AtomicInteger::get)
                .register(meters);
    }

    /** How many statements of shapes all runtimes of the process have together. */
    AtomicInteger deployed() {
        return deployed;
    }

    /**
     * Compiles the shape of a criteria that an alarm may soon need, so that the alarm's task finds it done. Whoever needs
     * it meanwhile waits. A criteria that is refused is none of our business: its alarm will say so.
     */
    public void compileAhead(String criteria) {
        try {
            Prepared unused = prepare(CriteriaParser.parse(criteria));
        } catch (CriteriaException | IllegalArgumentException e) {
            LOG.debug("A criteria can't be compiled ahead reason={}", e.getMessage());
        }
    }

    /**
     * Makes a criteria ready for the engine.
     *
     * @throws IllegalArgumentException when Esper can't compile it
     */
    public Prepared prepare(Criteria criteria) {
        CriteriaShape shape = new CriteriaShape(criteria);
        Shape compiled = shape(shape.epl());
        Wording wording = shape.walks().isEmpty() ? wording(shape.words()) : new Wording(shape.words(), shape.walks());
        return new Prepared(criteria, compiled, wording, shape.literals());
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

    /**
     * The shape with this expression, compiled now if it is new.
     *
     * @throws IllegalArgumentException when Esper can't compile it
     */
    Shape shape(String judgement) {
        return shapes.computeIfAbsent(judgement, expression -> {
            int number = numbers.incrementAndGet();
            return new Shape(number, compile("""
                    @name('criteria-%d')
                    insert into Judged
                    select o as observed, %s as judgement
                    from Observed(shape = %d) as o""".formatted(number, expression, number)));
        });
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
