package io.tidewatch.serde;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** A registry that can be out of reach, and remembers what it was asked. */
final class UnreliableSchemaRegistry implements SchemaRegistry {
    private final SchemaRegistry reached = new InMemorySchemaRegistry();
    private final List<String> requests = new ArrayList<>();
    private boolean reachable = true;

    @Override
    public int register(String subject, Schema schema) {
        answer("register " + subject);
        return reached.register(subject, schema);
    }

    @Override
    public Schema schema(int id) {
        answer("schema " + id);
        return reached.schema(id);
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
