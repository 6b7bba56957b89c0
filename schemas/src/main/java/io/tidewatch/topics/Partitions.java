package io.tidewatch.topics;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Utils;

/** Which partition a record goes to, for records that are not where their own key would put them. */
public final class Partitions {
    private Partitions() {}

    /**
     * Source: Kafka's default partitioner, which other languages' clients share for keyed records.
     *
     * @param key the text that decides, such as a check's path or a tenant's id
     * @return the partition, of {@code partitions}, that holds all records of that text
     */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
