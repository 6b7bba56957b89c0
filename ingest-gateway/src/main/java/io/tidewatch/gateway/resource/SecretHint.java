package io.tidewatch.gateway.resource;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.FieldKind;
import io.tidewatch.checks.field.HttpUrl;

/** What is shown in the place of a secret: its owner may know it again by that, and nobody can use it. */
final class SecretHint {
    /** Stands for what is not shown. */
    static final String MARK = "…";

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MIN_CHARS = 16;
    private static final int SHOWN_CHARS = 4;

    private SecretHint() {}

    /** Of a URL its scheme and host, of a long text its end, of anything else nothing. */
    static String of(Field<?> field, Object secret) {
        if (!(secret instanceof String text)) {
            return MARK;
        }
        return field.form().kind() == FieldKind.URL ? ofUrl(HttpUrl.parse(text)) : ofText(text);
    }

    private static String ofUrl(HttpUrl url) {
        int usualPort = url.secure() ? HTTPS_PORT : HTTP_PORT;
        return new HttpUrl(url.secure(), url.host(), usualPort, "/") + MARK;
    }

    private static String ofText(String text) {
        return text.codePointCount(0, text.length()) < MIN_CHARS
                ? MARK
                : MARK + text.substring(text.offsetByCodePoints(text.length(), -SHOWN_CHARS));
    }
}
