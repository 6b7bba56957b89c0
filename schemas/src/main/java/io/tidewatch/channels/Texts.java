package io.tidewatch.channels;

import io.tidewatch.checks.field.HttpUrl;
import java.util.Optional;

/** What texts in the details of several types must not have. */
final class Texts {
    private Texts() {}

    /** Of a text that goes into a header. */
    static Optional<String> objectionToControls(String text) {
        return text.chars().anyMatch(Character::isISOControl)
                ? Optional.of("has a control character")
                : Optional.empty();
    }

    /** Of a text that has to be a URL. */
    static Optional<String> objectionToUrl(String text) {
        try {
            HttpUrl unused = HttpUrl.parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
