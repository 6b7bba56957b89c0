package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.configuration.ConfigurationKind;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.records.ResourcePath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/**
 * What one kind of resource has of its own: topic, record and path, and its fields in the API. What all kinds share is {@link
 * ResourceEndpoint}. A new kind is a class of this and a line in the gateway's list of kinds.
 */
public interface ResourceKind<T extends SpecificRecord> extends ConfigurationKind<T> {
    /** The kind's name in messages. */
    String noun();

    /** What the ids of this kind begin with. */
    String idPrefix();

    /** The last segment of the path of their collection, such as {@code checks}. */
    String collection();

    /** Whether each belongs to an entity, and its path leads over that; otherwise it belongs to the tenant alone. */
    default boolean isOfEntity() {
        return false;
    }

    /** How many of them a tenant may have. */
    int maxPerTenant();

    /** The fields that a request may set at creation but not change. */
    default Set<String> setAtCreation() {
        return Set.of();
    }

    /**
     * Makes the resource that the fields describe. May take a while, and holds up nobody: what the view says may have changed by
     * the time that the resource is written, and is looked at again by {@link #require}.
     *
     * @param fields all fields of the resource, read-only ones left out
     * @throws io.tidewatch.gateway.http.Fault naming the field that is missing, unknown or bad
     */
    T read(ResourcePath path, ObjectNode fields, Instant createdAt, Instant updatedAt, ConfigurationView view);

    /**
     * Refuses a resource that does not fit what there is now. Called while no other change of the tenant is under way, so that it
     * stays true until the resource is written; all others of the tenant wait, so that it must take next to no time.
     *
     * @throws io.tidewatch.gateway.http.Fault naming the field that does not fit
     */
    default void require(T resource, ConfigurationView view) {}

    /** The resource as the API has it. Without the read-only fields, {@link #read} makes the same of it again. */
    ObjectNode write(T resource);

    /**
     * Refuses to let a resource be deleted that others name. Called as {@link #require} is.
     *
     * @throws io.tidewatch.gateway.http.Fault naming some of the others
     */
    default void requireUnnamed(T resource, ConfigurationView view) {}

    /** The resources that every tenant has without having made them: they are shown and named as others are, and never change. */
    default List<T> builtIn(String tenantId) {
        return List.of();
    }

    /** The tenant's own resource, or the built-in one, that is there. */
    default Optional<T> find(ResourcePath path, ConfigurationView view) {
        return view.table(recordClass())
                .get(path)
                .or(() -> builtIn(path.tenantId()).stream()
                        .filter(resource -> path(resource).equals(path))
                        .findFirst());
    }

    /** What a suppression may name to suppress a resource, as {@link Suppressions} has it; nothing where none can. */
    default List<String> namesInSuppressions(T resource) {
        return List.of();
    }

    /** What is odd about a resource that is accepted nonetheless, a sentence each. */
    default List<String> warnings(T resource, ConfigurationView view) {
        return List.of();
    }

    /** As {@link #write}, with what suppresses it, and with {@link #warnings} if there are any. */
    default ObjectNode show(T resource, ConfigurationView view, Suppressions suppressions) {
        ObjectNode json = write(resource);
        List<String> names = namesInSuppressions(resource);
        if (!names.isEmpty()) {
            suppressions.write(json, names);
        }
        List<String> warnings = warnings(resource, view);
        if (!warnings.isEmpty()) {
            warnings.forEach(json.putArray(ResourceFields.WARNINGS)::add);
        }
        return json;
    }

    /** Whether a resource is deleted with another one, as a check is with its entity. */
    default boolean isDeletedWith(ResourcePath other, T resource) {
        return path(resource).isBelow(other);
    }
}
