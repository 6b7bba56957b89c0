package io.tidewatch.system.quarantine;

import io.tidewatch.schema.CheckResult;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/** What a processor does at results with a certain status, and at no others, in one node of each application. */
enum Disturbance implements ProcessorWrapper {
    THROWS {
        @Override
        void before() {
            throw new IllegalStateException("disturbed");
        }
    },
    /** For good, and with its output on the way, so that a transaction is open. */
    HANGS {
        @Override
        void after() {
            sleep(Duration.ofHours(1));
        }
    },
    ENDS_THE_THREAD {
        @Override
        void before() {
            throw new AssertionError("disturbed");
        }
    },
    /** Not too slow alone, and too slow for a transaction together with a few others of the kind. */
    IS_SLOW {
        @Override
        void after() {
            sleep(Duration.ofMillis(1200));
        }
    };

    /** The status of results at which it happens. */
    static final String MARK = "disturb";

    private static final Set<String> NODES = Set.of("evaluate-alarms", "roll-up-metrics", "write-results");

    void before() {}

    void after() {}

    @Override
    public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String node, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return ProcessorWrapper.asWrapped(NODES.contains(node) ? disturbed(supplier) : supplier);
    }

    @Override
    public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String node, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
        return ProcessorWrapper.asWrappedFixedKey(supplier);
    }

    private <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> disturbed(
            ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<KIn, VIn, KOut, VOut> get() {
                return new Disturbed<>(supplier.get(), Disturbance.this);
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return supplier.stores();
            }
        };
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private record Disturbed<KIn, VIn, KOut, VOut>(Processor<KIn, VIn, KOut, VOut> inner, Disturbance disturbance)
            implements Processor<KIn, VIn, KOut, VOut> {
        @Override
        public void init(ProcessorContext<KOut, VOut> context) {
            inner.init(context);
        }

        @Override
        public void process(Record<KIn, VIn> record) {
            boolean marked = record.value() instanceof CheckResult result
                    && result.getStatus().equals(MARK);
            if (marked) {
                disturbance.before();
            }
            inner.process(record);
            if (marked) {
                disturbance.after();
            }
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}
