package io.tidewatch.serde;

import java.util.function.Predicate;
import org.apache.avro.Schema;

/**
 * A schema registry: gives schemas ids and ids schemas. Implementations remember what they were told, so that a record
 * costs no request. Thread-safe.
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
     * Learns what some subjects have, so that neither their schemas nor their ids are asked for when they are needed. Where
     * everything is at hand anyway, there is nothing to do.
     *
     * @param subjects whether a subject is worth it
     * @throws RegistryUnavailableException when the registry can't be asked; calling again is safe
     * @throws RegistryException when the registry refuses
     */
    default void learn(Predicate<String> subjects) {}
}
