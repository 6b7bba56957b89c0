package io.tidewatch.timeseries;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * In how many copies a keyspace keeps each row.
 *
 * @param copies by data center; by {@link #EVERYWHERE} where the strategy doesn't tell them apart
 */
record Replication(Map<String, Integer> copies) {
    private static final String EVERYWHERE = "replication_factor";

    Replication {
        copies = Map.copyOf(copies);
    }

    /** @param options as Cassandra keeps them in {@code system_schema.keyspaces} */
    static Replication of(Map<String, String> options) {
        Map<String, Integer> copies = new TreeMap<>();
        options.forEach((option, value) -> {
            // Of a number with transient replicas, 3/1, the first one counts all copies.
            String all = value.split("/", 2)[0];
            if (!option.equals("class") && all.matches("\\d+")) {
                copies.put(option, Integer.parseInt(all));
            }
        });
        return new Replication(copies);
    }

    int in(String datacenter) {
        return copies.getOrDefault(datacenter, copies.getOrDefault(EVERYWHERE, 0));
    }

    /** A sentence for the operator if a data center has fewer copies than wanted; empty otherwise. */
    Optional<String> advice(String keyspace, String datacenter, int wanted) {
        if (in(datacenter) >= wanted) {
            return Optional.empty();
        }
        Map<String, Integer> raised = new TreeMap<>(copies);
        raised.remove(EVERYWHERE);
        raised.put(datacenter, wanted);
        String datacenters = raised.entrySet().stream()
                .map(entry -> "'" + entry.getKey() + "': " + entry.getValue())
                .collect(Collectors.joining(", "));
        return Optional.of("keyspace " + keyspace + " has a replication of " + in(datacenter) + " in the data center "
                + datacenter + ", and " + TableSettings.REPLICATION_FACTOR + " is " + wanted + ". Run: ALTER KEYSPACE "
                + keyspace + " WITH replication = {'class': 'NetworkTopologyStrategy', " + datacenters
                + "}; and then 'nodetool repair --full " + keyspace + "' on each node");
    }
}
