package io.tidewatch.serde;

import java.util.function.Predicate;
import org.apache.avro.Schema;

/**
 * A schema registry: the id of each schema, and the schema of each id. Implementations remember the answers, so that a
 * record costs no request. Thread-safe.
 */
public interface SchemaRegistry {
    /**
     * Registers a schema under a subject, or finds the id it already has there.
     *
     * @throws RegistryUnavailableException when the registry can't be asked; calling again is safe
     * @throws RegistryException when the registry refuses the schema, for instance as incompatible
     */
    int register(String subject, Schema schema);

    /**
     * The schema that was registered with an id.
     *
     * @throws RegistryUnavailableException when the registry can't be asked; calling again is safe
     * @throws RegistryException when the registry doesn't know the id
     */
    Schema schema(int id);

    /**
     * Loads the schemas and ids of some subjects in advance, so that no request is needed when a record comes. Does
     * nothing in a registry that sends no requests.
     *
     * @param subjects true for a subject to load
     * @throws RegistryUnavailableException when the registry can't be asked; calling again is safe
     * @throws RegistryException when the registry refuses
     */
    default void learn(Predicate<String> subjects) {}
}
