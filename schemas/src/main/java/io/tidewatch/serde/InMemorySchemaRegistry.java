package io.tidewatch.serde;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A registry in this process's memory, for tools and tests that play a topology without servers. It refuses no schema and
 * forgets all of them with the process. Thread-safe.
 */
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();

    @Override
    public synchronized int register(String subject, Schema schema) {
        int known = schemas.indexOf(schema);
        if (known >= 0) {
            return known + 1;
        }
        schemas.add(schema);
        return schemas.size();
    }

    @Override
    public synchronized Schema schema(int id) {
        if (id < 1 || id > schemas.size()) {
            throw new RegistryException("No schema has the id " + id, null);
        }
        return schemas.get(id - 1);
    }
}
