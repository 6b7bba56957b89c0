package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.configuration.ResourceTable;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.ResourcePath;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What entities, checks and alarms each have of their own; what they share is {@link ResourceEndpoint}. Called with the
 * tenant's lock held, so that what it reads in the view stays so until the write is done.
 */
public sealed interface ResourceKind<T> permits EntityKind, CheckKind, AlarmKind {
    /** The kind's name in messages. */
    String noun();

    /** What the ids of this kind begin with. */
    String idPrefix();

    /** Where the view keeps them. */
    ResourceTable<T> table();

    /** How many of them a tenant may have. */
    int maxPerTenant();

    /** The fields that a request may set at creation but not change; and those that it may never set. */
    Set<String> unchangeable();

    /**
     * Makes the resource that the fields describe.
     *
     * @param fields all that it shall have, read-only ones left out
     * @throws Fault naming the field that is missing, unknown or bad
     */
    T read(ResourcePath path, ObjectNode fields, Instant createdAt, Instant updatedAt);

    /** The resource as the API shows it. Without the read-only fields, {@link #read} makes the same of it again. */
    ObjectNode write(T resource);

    /** The record that stores it. */
    LogEntry put(T resource);

    /** The tombstones that delete it and what hangs on it: one list after the other, so that no child is left an orphan. */
    List<List<LogEntry>> delete(T resource);
}
