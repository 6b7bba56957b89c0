package io.tidewatch.gateway.resource;

import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.ResourcePath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;

/**
 * The kinds of resources that the gateway knows.
 *
 * @param all what others belong to comes before them, such as entities before checks
 */
public record ResourceKinds(List<ResourceKind<?>> all) {
    public ResourceKinds {
        all = List.copyOf(all);
    }

    /**
     * The kind whose records are of a class.
     *
     * @throws IllegalArgumentException when there is none
     */
    @SuppressWarnings("unchecked") // The class says what the kind's parameter is.
    public <T extends SpecificRecord> ResourceKind<T> of(Class<T> recordClass) {
        return all.stream()
                .filter(kind -> kind.recordClass() == (Class<?>) recordClass)
                .map(kind -> (ResourceKind<T>) kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No kind of resource: " + recordClass));
    }

    /**
     * The records that delete what is deleted with a resource of an entity, or with an entity: a list for each kind, to be written
     * one after the other, so that nothing is ever without what it belongs to.
     */
    List<List<LogEntry>> tombstonesBelow(ResourcePath deleted, ConfigurationView view) {
        List<List<LogEntry>> tombstones = new ArrayList<>();
        for (int index = all.size() - 1; index >= 0; index--) {
            List<LogEntry> ofKind = tombstones(all.get(index), deleted, view).toList();
            if (!ofKind.isEmpty()) {
                tombstones.add(ofKind);
            }
        }
        return tombstones;
    }

    private static <T extends SpecificRecord> Stream<LogEntry> tombstones(
            ResourceKind<T> kind, ResourcePath deleted, ConfigurationView view) {
        return view.table(kind.recordClass()).under(deleted.entity()).stream()
                .filter(resource -> kind.isDeletedWith(deleted, resource))
                .map(resource -> kind.put(resource).tombstone());
    }
}
