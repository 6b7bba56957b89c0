package io.tidewatch.checks.field;

import java.util.Optional;
import java.util.regex.Pattern;

/** What may stand in an HTTP request as the name and the value of a header. */
final class HttpHeaders {
    static final int MAX_NAME_CHARS = 255;

    /** Source: RFC 9110 section 5.6.2: a token. */
    private static final Pattern NAME = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");

    private HttpHeaders() {}

    static Optional<String> objectionToName(String name) {
        return NAME.matcher(name).matches() ? Optional.empty() : Optional.of("is not a header name");
    }

    static Optional<String> objectionToValue(String value) {
        return value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')
                ? Optional.of("has a control character in its value")
                : Optional.empty();
    }
}
