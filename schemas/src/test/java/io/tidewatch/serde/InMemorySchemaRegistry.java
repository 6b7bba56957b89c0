package io.tidewatch.serde;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry that lives as long as a test, and can be out of reach. */
final class InMemorySchemaRegistry implements SchemaRegistry {
    private final List<Schema> schemas = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private boolean reachable = true;

    @Override
    public int register(String subject, Schema schema) {
        answer("register " + subject);
        int known = schemas.indexOf(schema);
        if (known >= 0) {
            return known + 1;
        }
        schemas.add(schema);
        return schemas.size();
    }

    @Override
    public Schema schema(int id) {
        answer("schema " + id);
        if (id < 1 || id > schemas.size()) {
            throw new RegistryException("No schema has the id " + id, null);
        }
        return schemas.get(id - 1);
    }

    void setReachable(boolean reachable) {
        this.reachable = reachable;
    }

    /** What it was asked so far. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(String request) {
        requests.add(request);
        if (!reachable) {
            throw new RegistryUnavailableException("Out of reach", null);
        }
    }
}
