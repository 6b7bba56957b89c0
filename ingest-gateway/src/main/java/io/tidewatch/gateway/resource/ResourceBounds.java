package io.tidewatch.gateway.resource;

import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.configuration.ResourceTable;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.serde.AvroSize;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * How large a resource may be, and how much memory a tenant's resources and all tenants' may take: the gateway has all of them in
 * memory, and reads them again when it starts.
 *
 * @param tenantBytes of one tenant
 * @param allBytes of all tenants
 */
public record ResourceBounds(long tenantBytes, long allBytes) {
    /**
     * A resource as it is stored. Its labels and criteria go into records of others, which Kafka refuses beyond a mebibyte. Source: our
     * own; criteria have 16 384 characters, 256 pairs of metadata are mostly words.
     */
    static final int MAX_BYTES = 65_536;

    /**
     * @throws Fault when it is larger than any resource may be
     */
    public static void requireSize(SpecificRecord resource, String noun) {
        int bytes = AvroSize.bytes(resource);
        if (bytes > MAX_BYTES) {
            throw new Fault(
                    FaultType.REQUEST_TOO_LARGE,
                    noun + " has " + bytes + " bytes as it is stored, and may have " + MAX_BYTES
                            + ": shorten its texts, or its metadata",
                    Map.of("object", noun, "bytes", bytes, "limit_bytes", MAX_BYTES));
        }
    }

    /**
     * @param before what it takes the place of; null for nothing
     * @throws Fault when it takes more memory than before, and more than there is
     */
    <T extends SpecificRecord> void requireMemory(
            String tenantId, T after, @Nullable T before, ResourceTable<T> table, ConfigurationView view) {
        long more = table.heapBytes(after) - (before == null ? 0 : table.heapBytes(before));
        if (more > 0 && view.memory().of(tenantId) + more > tenantBytes) {
            throw new Fault(
                    FaultType.LIMIT_REACHED,
                    "A tenant's configuration may take " + tenantBytes
                            + " bytes of memory: delete or shorten some of it",
                    Map.of("limit_bytes", tenantBytes));
        }
        if (more > 0 && view.memory().total() + more > allBytes) {
            throw new Fault(
                    FaultType.SYSTEM_FAILURE,
                    "All tenants' configuration takes the " + allBytes
                            + " bytes of memory that this gateway has for it",
                    Map.of("limit_bytes", allBytes));
        }
    }
}
