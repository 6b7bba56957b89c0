package io.tidewatch.gateway.records;

import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Stands for the schema registry; it can go away and come back. */
public final class InMemorySchemaRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    private boolean away;

    public synchronized void goAway() {
        away = true;
    }

    public synchronized void comeBack() {
        away = false;
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        requireHere();
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema);
    }

    @Override
    public synchronized Schema schema(int id) {
        requireHere();
        return schemas.get(id);
    }

    private void requireHere() {
        if (away) {
            throw new RegistryUnavailableException("The registry is away", new IOException("connection refused"));
        }
    }
}
