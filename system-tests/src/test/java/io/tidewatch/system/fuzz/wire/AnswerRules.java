package io.tidewatch.system.fuzz.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What the API may answer to whatever it is sent. */
public final class AnswerRules {
    /** What a page of the longest list may be. Source: the limit of bytes of an answer, 1 MiB, and what is about it. */
    private static final int MAX_BODY_BYTES = 2 << 20;

    /** What says that the protocol itself is not spoken here, and is no failure of the server's. */
    private static final Set<Integer> OF_THE_PROTOCOL = Set.of(501, 505);

    private static final int UNAVAILABLE = 503;
    private static final Pattern INTERNALS =
            Pattern.compile("com\\.fasterxml|org\\.eclipse|io\\.javalin|java\\.(lang|util|io|nio)|io\\.tidewatch\\."
                    + "|Exception|StreamReadFeature|DeserializationFeature|JsonToken|re2j");
    private static final ObjectMapper JSON = new ObjectMapper();

    private AnswerRules() {}

    /** What is wrong with how an exchange went; empty when nothing is. */
    public static Optional<String> objection(Exchange exchange, Outcome outcome) {
        if (outcome.end() == Outcome.End.SILENT || outcome.end() == Outcome.End.UNREACHABLE) {
            return Optional.of(
                    "no answer and no close within " + exchange.deadline().toMillis() + " ms: " + outcome.end());
        }
        for (Answer answer : outcome.answers()) {
            Optional<String> objection = objection(answer, exchange);
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> objection(Answer answer, Exchange exchange) {
        int status = answer.status();
        if (status >= 500 && status != UNAVAILABLE && !OF_THE_PROTOCOL.contains(status)) {
            return Optional.of("answered with " + answer);
        } else if (answer.body().length > MAX_BODY_BYTES) {
            return Optional.of("an answer of " + answer.body().length + " bytes");
        } else if (status < 400 && exchange.expected() == Exchange.Expectation.REFUSAL) {
            return Optional.of("taken, though it must be refused: " + answer);
        }
        boolean hasBody = !exchange.toString().startsWith("HEAD ") || answer.body().length > 0;
        return status >= 400 && hasBody ? faultObjection(answer) : Optional.empty();
    }

    private static Optional<String> faultObjection(Answer answer) {
        JsonNode fault;
        try {
            fault = JSON.readTree(answer.body());
        } catch (IOException e) {
            return Optional.of("an error without the API's shape: " + answer);
        }
        boolean isFault = fault != null
                && fault.path("type").isTextual()
                && !fault.path("message").asText().isBlank()
                && fault.path("details").isObject()
                && !fault.path("txnId").asText().isEmpty();
        if (!isFault) {
            return Optional.of("an error without the API's shape: " + answer);
        } else if (fault.path("code").asInt() != answer.status()) {
            return Optional.of("a body that says another code: " + answer);
        } else if (INTERNALS.matcher(fault.path("message").asText()).find()) {
            return Optional.of("internals in the message: " + answer);
        }
        return Optional.empty();
    }
}
