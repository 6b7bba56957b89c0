package io.tidewatch.serde;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchema;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.avro.AvroSchemaProvider;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.RestService;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A registry that speaks Confluent's API, through Confluent's own client. The only class that knows that client: it comes
 * relocated inside an artifact of Flink's, with an Avro of its own, so that schemas cross over as text.
 *
 * <p>Source: Confluent publishes its client outside Maven Central; see RATIONALE.md.
 */
public final class ConfluentSchemaRegistry implements SchemaRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(ConfluentSchemaRegistry.class);
    private static final int MAX_SCHEMAS_PER_SUBJECT = 1000;

    /** By default, Confluent's client waits for a minute before it asks the next registry. */
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    private static final int READ_TIMEOUT_MS = 5_000;

    /**
     * An id that the registry does not know is not asked for again so soon: a producer of another registry's records would
     * have us ask for each of them, some milliseconds a record.
     */
    private static final long REFUSED_FOR_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Source: derived; 2 MB. */
    private static final int MAX_REFUSED = 10_000;

    private final String url;
    private final RestService rest;
    private final CachedSchemaRegistryClient client;
    private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
    private final Map<Integer, Refusal> refused = new ConcurrentHashMap<>();
    private final Map<SubjectSchema, Integer> ids = new ConcurrentHashMap<>();
    private final Set<SubjectVersion> learned = ConcurrentHashMap.newKeySet();

    /**
     * @param url the API's root, such as {@code http://localhost:8081/apis/ccompat/v7}; not contacted here
     */
    public ConfluentSchemaRegistry(String url) {
        this.url = url;
        this.rest = new RestService(url);
        this.client = new CachedSchemaRegistryClient(
                rest, MAX_SCHEMAS_PER_SUBJECT, List.of(new AvroSchemaProvider()), Map.of(), Map.of());
        this.rest.setHttpConnectTimeoutMs(CONNECT_TIMEOUT_MS);
        this.rest.setHttpReadTimeoutMs(READ_TIMEOUT_MS);
    }

    @Override
    public int register(String subject, Schema schema) {
        SubjectSchema key = new SubjectSchema(subject, schema);
        Integer known = ids.get(key);
        if (known != null) {
            return known;
        }
        int id = ask(
                "register a schema for " + subject, () -> client.register(subject, new AvroSchema(schema.toString())));
        ids.put(key, id);
        return id;
    }

    @Override
    public Schema schema(int id) {
        Schema known = schemas.get(id);
        if (known != null) {
            return known;
        }
        Refusal refusal = refused.get(id);
        if (refusal != null && refusal.isFresh()) {
            throw new RegistryException(refusal.message(), null);
        }
        Schema schema = lookUp(id);
        schemas.put(id, schema);
        return schema;
    }

    private Schema lookUp(int id) {
        try {
            return parse(
                    id,
                    ask(
                            "look up schema id " + id,
                            () -> Objects.requireNonNullElse(rest.getId(id).getSchemaString(), "")));
        } catch (RegistryUnavailableException e) {
            throw e;
        } catch (RegistryException e) {
            if (refused.size() >= MAX_REFUSED) {
                refused.clear();
            }
            refused.put(id, new Refusal(String.valueOf(e.getMessage()), System.nanoTime()));
            throw e;
        }
    }

    @Override
    public void learn(Predicate<String> subjects) {
        ask("list its subjects", rest::getAllSubjects).stream().filter(subjects).forEach(this::learn);
    }

    private void learn(String subject) {
        for (int version : ask("list the versions of " + subject, () -> rest.getAllVersions(subject))) {
            SubjectVersion key = new SubjectVersion(subject, version);
            if (!learned.contains(key)) {
                var found = ask("look up " + key, () -> rest.getVersion(subject, version));
                remember(subject, found.getId(), Objects.requireNonNullElse(found.getSchema(), ""));
                learned.add(key);
            }
        }
    }

    /** Skips what is no Avro schema: whoever reads a record of it gets the error. */
    private void remember(String subject, int id, String text) {
        try {
            Schema schema = parse(id, text);
            schemas.put(id, schema);
            ids.put(new SubjectSchema(subject, schema), id);
        } catch (RegistryException e) {
            LOG.debug("Not learned subject={} id={}", subject, id, e);
        }
    }

    /** Parses here, because the client reports a schema that it can't parse as if the registry were unreachable. */
    private Schema parse(int id, String text) {
        try {
            return new Schema.Parser().parse(text);
        } catch (AvroRuntimeException e) {
            throw new RegistryException(
                    "The schema that the registry at " + url + " has for id " + id + " is no Avro schema: "
                            + e.getMessage(),
                    e);
        }
    }

    private <T> T ask(String purpose, Request<T> request) {
        try {
            return request.send();
        } catch (RestClientException e) {
            String message = "The registry at " + url + " refused to " + purpose + ": " + e.getMessage();
            throw isTemporary(e.getStatus())
                    ? new RegistryUnavailableException(message, e)
                    : new RegistryException(message, e);
        } catch (IOException e) {
            throw new RegistryUnavailableException(
                    "The registry at " + url + " did not answer when asked to " + purpose + ": " + e, e);
        }
    }

    /** 408 and 429 ask for another try; every 5xx is a fault of the server. */
    private static boolean isTemporary(int httpStatus) {
        return httpStatus >= 500 || httpStatus == 408 || httpStatus == 429;
    }

    private record Refusal(String message, long atNanos) {
        boolean isFresh() {
            return System.nanoTime() - atNanos < REFUSED_FOR_NANOS;
        }
    }

    private record SubjectSchema(String subject, Schema schema) {}

    private record SubjectVersion(String subject, int version) {}

    private interface Request<T> {
        T send() throws IOException, RestClientException;
    }
}
