package io.tidewatch.standalone.servers;

import java.util.List;

/**
 * Where the embedded servers listen, all on 127.0.0.1.
 *
 * @param broker Kafka's clients
 * @param controller Kafka's own
 * @param registry HTTP
 * @param cassandra CQL
 * @param cassandraInternal Cassandra's own
 */
public record ServerPorts(int broker, int controller, int registry, int cassandra, int cassandraInternal) {
    /** The usual ports, each moved up by {@code shift}. */
    public static ServerPorts shiftedBy(int shift) {
        return new ServerPorts(9092 + shift, 9093 + shift, 8081 + shift, 9042 + shift, 7000 + shift);
    }

    /** Ports that are free now, for tests and for whatever must not disturb its neighbours. */
    public static ServerPorts free() {
        List<Integer> ports = Port.free(5);
        return new ServerPorts(ports.get(0), ports.get(1), ports.get(2), ports.get(3), ports.get(4));
    }
}
