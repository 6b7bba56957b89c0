package io.tidewatch.system.fuzz.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;

/**
 * One answer of the API.
 *
 * @param headers by their names in lower case
 */
@SuppressWarnings("ArrayRecordComponent") // Bytes as they came, that nobody compares.
public record Answer(int status, Map<String, String> headers, byte[] body) {
    private static final int SHOWN_CHARS = 600;

    public String text() {
        return new String(body, UTF_8);
    }

    @Override
    public String toString() {
        String text = text();
        return status + " " + (text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "…" : text);
    }
}
