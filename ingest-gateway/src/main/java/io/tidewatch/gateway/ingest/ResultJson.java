package io.tidewatch.gateway.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.configuration.ResourceTable;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.results.ResultBounds;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Check results as producers send them: one object, a list of them, or {@code {"results": […]}}. All are read before any
 * is published.
 *
 * @param checks those that results may be of
 * @param maxAge how old a result may be
 * @param maxFuture how far ahead of the gateway's clock a result may be
 */
public record ResultJson(ResourceTable<Check> checks, Duration maxAge, Duration maxFuture) {
    static final int MAX_RESULTS = 1000;

    private static final Set<String> FIELDS = Set.of(
            "entity_id",
            "check_id",
            "check_type",
            "zone_id",
            "collector_id",
            "result_id",
            "timestamp",
            "available",
            "status",
            "failure",
            "metrics");
    private static final String LIST = "results";
    private static final String DEFAULT_COLLECTOR = "ingest-gateway";

    private static final Pattern UUID_FORM =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
    private static final Pattern ID = Pattern.compile("[-.\\w]+");

    /**
     * @throws Fault naming the first field of the first result that does not fit
     */
    List<CheckResult> read(String tenantId, JsonNode body, Instant now) {
        if (body instanceof ObjectNode object && !object.has(LIST)) {
            return List.of(new Reader(tenantId, object, "", now).read());
        }
        JsonNode items = body instanceof ObjectNode object ? listOf(object) : body;
        if (!(items instanceof ArrayNode) || items.isEmpty() || items.size() > MAX_RESULTS) {
            throw Fault.badField(LIST, "has to be a list of 1 to " + MAX_RESULTS + " results");
        }
        List<CheckResult> results = new ArrayList<>();
        for (JsonNode item : items) {
            String path = LIST + "[" + results.size() + "]";
            if (!(item instanceof ObjectNode object)) {
                throw Fault.badField(path, "has to be an object");
            }
            results.add(new Reader(tenantId, object, path + ".", now).read());
        }
        return results;
    }

    private static JsonNode listOf(ObjectNode object) {
        return new JsonFields(object, "", Set.of(LIST)).value(LIST).orElseGet(Json.MAPPER::missingNode);
    }

    /** Reads one result. */
    private final class Reader {
        private final String tenantId;
        private final String path;
        private final JsonFields fields;
        private final Instant now;

        Reader(String tenantId, ObjectNode object, String path, Instant now) {
            this.tenantId = tenantId;
            this.path = path;
            this.fields = new JsonFields(object, path, FIELDS);
            this.now = now;
        }

        CheckResult read() {
            CheckResult result = fields();
            ResultBounds.objection(result).ifPresent(objection -> {
                throw Fault.badField(
                        path.isEmpty() ? "result" : path.substring(0, path.length() - 1), "its " + objection);
            });
            return result;
        }

        private CheckResult fields() {
            Check check = check();
            boolean available = fields.flag("available").orElseThrow(() -> fields.bad("available", "is required"));
            return CheckResult.newBuilder()
                    .setResultId(resultId())
                    .setTenantId(tenantId)
                    .setEntityId(check.getEntityId())
                    .setCheckId(check.getCheckId())
                    .setCheckType(check.getType())
                    .setZoneId(id("zone_id"))
                    .setCollectorId(fields.text("collector_id", 1, ResultBounds.MAX_ID_CHARS)
                            .orElse(DEFAULT_COLLECTOR))
                    .setTimestamp(timestamp())
                    .setReceivedAt(now)
                    .setAvailable(available)
                    .setStatus(fields.requiredText("status", 0, ResultBounds.MAX_STATUS_CHARS))
                    .setFailure(failure(available))
                    .setMetrics(MetricJson.read(fields, path))
                    .build();
        }

        private Check check() {
            String entityId = fields.requiredText("entity_id", 1, ResultBounds.MAX_ID_CHARS);
            String checkId = fields.requiredText("check_id", 1, ResultBounds.MAX_ID_CHARS);
            Check check = checks.get(ResourcePath.of(tenantId, entityId, checkId))
                    .orElseThrow(() -> fields.missing("check_id", "entity " + entityId + " has no such check"));
            fields.text("check_type", 1, ResultBounds.MAX_ID_CHARS).ifPresent(type -> {
                if (!type.equals(check.getType())) {
                    throw fields.bad("check_type", "is not the check's type, which is " + check.getType());
                }
            });
            return check;
        }

        private String resultId() {
            String id = fields.text("result_id", 1, ResultBounds.MAX_ID_CHARS)
                    .orElseGet(() -> UUID.randomUUID().toString());
            if (!UUID_FORM.matcher(id).matches()) {
                throw fields.bad("result_id", "has to be a UUID");
            }
            return id.toLowerCase(Locale.ROOT);
        }

        private @Nullable String id(String name) {
            String id = fields.text(name, 1, ResultBounds.MAX_ID_CHARS).orElse(null);
            if (id != null && !ID.matcher(id).matches()) {
                throw fields.bad(name, "has to be letters, digits, '.', '_' and '-'");
            }
            return id;
        }

        private Instant timestamp() {
            Instant timestamp = Instant.ofEpochMilli(fields.requiredInteger("timestamp", 0, Long.MAX_VALUE));
            if (timestamp.isAfter(now.plus(maxFuture))) {
                throw fields.bad(
                        "timestamp", "is more than " + maxFuture.toSeconds() + " s ahead of the gateway's clock");
            }
            if (timestamp.isBefore(now.minus(maxAge))) {
                throw fields.bad("timestamp", "is more than " + maxAge.toSeconds() + " s ago");
            }
            return timestamp;
        }

        private @Nullable FailureKind failure(boolean available) {
            if (available && fields.has("failure")) {
                throw fields.bad("failure", "does not go with available: true");
            }
            return fields.oneOf("failure", FailureKind.class).orElse(null);
        }
    }
}
