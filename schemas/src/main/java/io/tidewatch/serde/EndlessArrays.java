package io.tidewatch.serde;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * Finds arrays whose items take no bytes, such as of nulls. Of these a record can have any number, and Avro counts through
 * them, also where our own schema has no such field and the array is skipped: some bytes took hours. None of our schemas has
 * one. (A map's items have keys, and so at least a byte each.)
 */
final class EndlessArrays {
    private final Set<Schema> seen = identitySet();

    private EndlessArrays() {}

    /** Whether there is one anywhere in a schema. */
    static boolean areIn(Schema schema) {
        return new EndlessArrays().has(schema);
    }

    private boolean has(Schema schema) {
        return switch (schema.getType()) {
            case ARRAY -> isEmpty(schema.getElementType(), identitySet()) || has(schema.getElementType());
            case MAP -> has(schema.getValueType());
            case UNION -> schema.getTypes().stream().anyMatch(this::has);
            case RECORD -> seen.add(schema) && schema.getFields().stream().anyMatch(field -> has(field.schema()));
            default -> false;
        };
    }

    /** A record that contains itself, other than in a union, adds nothing to itself. */
    private static boolean isEmpty(Schema schema, Set<Schema> around) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD ->
                !around.add(schema) || schema.getFields().stream().allMatch(field -> isEmpty(field.schema(), around));
            default -> false;
        };
    }

    private static Set<Schema> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
