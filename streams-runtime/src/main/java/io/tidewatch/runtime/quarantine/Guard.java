package io.tidewatch.runtime.quarantine;

import org.apache.kafka.streams.processor.api.ProcessorSupplier;

/** Put around each processor of a topology. */
public interface Guard {
    /** For topologies that are drawn, or played without Kafka. */
    Guard NONE = new Guard() {
        @Override
        public <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> around(
                String node, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
            return supplier;
        }
    };

    /**
     * The same processors and stores, guarded.
     *
     * @param node the processor's name in the topology
     */
    <KIn, VIn, KOut, VOut> ProcessorSupplier<KIn, VIn, KOut, VOut> around(
            String node, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier);
}
