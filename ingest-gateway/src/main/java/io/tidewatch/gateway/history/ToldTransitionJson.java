package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.timeseries.StoredAttempt;
import java.time.Instant;
import java.util.function.Function;

/**
 * An item of the notification history as the API shows it.
 *
 * <p>Source: the pages on alarm notification history of Rackspace Cloud Monitoring's manual. {@code truncated}, and of results and
 * attempts all from {@code result} on, is Tidewatch's own.
 *
 * @param details of a notification by its id, without secrets
 */
record ToldTransitionJson(Function<String, ObjectNode> details) {
    ObjectNode write(ToldTransition told) {
        StoredAttempt.Transition transition = told.transition();
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", transition.eventId())
                .put("timestamp", transition.timestamp().toEpochMilli())
                .put("notification_plan_id", told.attempts().get(0).planId().orElse(null))
                .put("transaction_id", transition.eventId())
                .put("status", transition.status())
                .put("state", transition.state().name())
                .put("previous_state", transition.previousState().name())
                .put("truncated", told.isTruncated());
        ArrayNode results = json.putArray("notification_results");
        told.results().forEach((notificationId, result) -> results.add(result(notificationId, result)));
        return json;
    }

    private ObjectNode result(String notificationId, ToldTransition.Result result) {
        StoredAttempt deciding = result.deciding();
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("notification_id", notificationId)
                .put("notification_type", deciding.notificationType());
        json.set("notification_details", details.apply(notificationId));
        json.put("in_progress", result.isInProgress())
                .put("message", message(deciding))
                .put("success", result.isSuccess())
                .put("result", deciding.result().name())
                .put("reason", deciding.reason());
        ArrayNode attempts = json.putArray("attempts");
        result.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
        return json;
    }

    private static ObjectNode attempt(StoredAttempt attempt) {
        return Json.MAPPER
                .createObjectNode()
                .put("message", message(attempt))
                .put("from", attempt.from())
                .put("result", attempt.result().name())
                .put("reason", attempt.reason())
                .put("attempt", attempt.attempt())
                .put("timestamp", attempt.timestamp().toEpochMilli())
                .put("took_ms", attempt.tookMs())
                .put(
                        "not_before",
                        attempt.notBefore().map(Instant::toEpochMilli).orElse(null))
                .put("delivery_id", attempt.deliveryId())
                .put("digest_id", attempt.digestId().orElse(null))
                .put("kind", attempt.kind().map(Enum::name).orElse(null))
                .put("incident", attempt.incident());
    }

    /** For people, as in Rackspace's answers. */
    private static String message(StoredAttempt attempt) {
        String said = switch (attempt.result()) {
            case CONFIRMED -> "Success: the receiver has confirmed it";
            case REFUSED -> "The receiver has refused it";
            case NOT_RECEIVED -> "The receiver has not got it";
            case UNKNOWN -> "It was sent, and whether the receiver has got it is not known";
            case OVERTAKEN -> "It was withdrawn before it was sent";
            case GIVEN_UP -> "It was given up";
            case SUPPRESSED -> "The notification was suppressed";
        };
        return attempt.reason().isEmpty() ? said : said + ": " + attempt.reason();
    }
}
