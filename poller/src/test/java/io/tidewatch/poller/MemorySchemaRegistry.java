package io.tidewatch.poller;

import io.tidewatch.serde.RegistryException;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry in this process's memory, which a test can take away. */
public final class MemorySchemaRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    private boolean away;

    /** From now on, nobody gets an answer; or everybody does again. */
    public synchronized void setAway(boolean away) {
        this.away = away;
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        requireThere();
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema);
    }

    @Override
    public synchronized Schema schema(int id) {
        requireThere();
        if (id >= schemas.size()) {
            throw new RegistryException("no schema has the id " + id, new IllegalArgumentException());
        }
        return schemas.get(id);
    }

    private void requireThere() {
        if (away) {
            throw new RegistryUnavailableException("the registry is away", new IllegalStateException());
        }
    }
}
