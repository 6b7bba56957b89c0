package io.tidewatch.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.criteria.CriteriaException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a request is refused, as its sender gets to see it. Thrown, where a value would be the rule of this code base,
 * because it comes from the depth of a body's fields and has one handler, {@link HttpApi}; without a stack trace, because it
 * tells of the request and not of the program.
 */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final FaultType type;
    private final transient Map<String, Object> details;

    public Fault(FaultType type, String message, Map<String, Object> details) {
        super(message, null, false, false);
        this.type = type;
        this.details = new TreeMap<>(details);
    }

    /**
     * @param field the path of the field, such as {@code results[3].timestamp}
     * @param reason what is wrong with it, to be read after the field's name
     */
    public static Fault badField(String field, String reason) {
        return ofField(FaultType.BAD_REQUEST, field, reason);
    }

    /** A field names something that does not exist. */
    public static Fault missing(String field, String reason) {
        return ofField(FaultType.REQUIRED_NOT_FOUND, field, reason);
    }

    public static Fault badRequest(String message) {
        return new Fault(FaultType.BAD_REQUEST, message, Map.of());
    }

    public static Fault notFound(FaultType type, String noun, String id) {
        return new Fault(type, noun + " " + id + " does not exist", Map.of("object", noun, "key", id));
    }

    /**
     * What is to be deleted is named by others.
     *
     * @param plural what those are, such as {@code alarms}
     * @param names some of them, or all
     */
    public static Fault childrenExist(String noun, String id, String plural, List<String> names) {
        return new Fault(
                FaultType.CHILDREN_EXIST,
                noun + " " + id + " is named by the " + plural + " " + String.join(", ", names)
                        + ": change or delete them first",
                Map.of("object", noun, "key", id, plural, names));
    }

    public static Fault badCriteria(String criteria, CriteriaException e) {
        String reason = String.valueOf(e.getMessage());
        return new Fault(
                FaultType.ALARM_PARSE,
                "criteria, line " + e.line() + ", column " + e.column() + ": " + reason,
                Map.of(
                        "field", "criteria",
                        "input", criteria,
                        "error_position", e.position(),
                        "error_line", e.line(),
                        "error_column", e.column(),
                        "error_token", e.token(),
                        "message", reason));
    }

    /** The body is longer than that, as it came or inflated. */
    public static Fault tooLarge(int limitBytes) {
        return new Fault(
                FaultType.REQUEST_TOO_LARGE,
                "The body is longer than " + limitBytes + " bytes",
                Map.of("limit_bytes", limitBytes));
    }

    private static Fault ofField(FaultType type, String field, String reason) {
        return new Fault(type, field + ": " + reason, Map.of("field", field, "reason", reason));
    }

    public FaultType type() {
        return type;
    }

    String message() {
        return String.valueOf(getMessage());
    }

    /** The body of the answer. */
    public ObjectNode render(String transactionId) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        body.put("type", type.wireName());
        body.put("code", type.status());
        body.put("message", message());
        body.set("details", Json.MAPPER.valueToTree(details));
        body.put("txnId", transactionId);
        return body;
    }
}
