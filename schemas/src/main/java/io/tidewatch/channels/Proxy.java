package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;
import java.util.List;
import java.util.Optional;

/** The fields that all types have whose messages go over HTTP: the proxy that these go through. */
public final class Proxy {
    /** In the place of a proxy: none, not even the operator's. */
    public static final String NONE = "none";

    private static final int MAX_CREDENTIAL_CHARS = 255;

    public static final Field<Optional<String>> PROXY = Field.optional(
            "proxy",
            Form.text(HttpUrl.MAX_CHARS, Proxy::objection),
            "The proxy that messages go through, such as `http://proxy.example.com:3128`; `none` for none. Without it, it is that"
                    + " of Tidewatch's operator, if there is one.");

    public static final Field<Optional<String>> USER = Field.optional(
            "proxy_user",
            Form.text(MAX_CREDENTIAL_CHARS, Texts::objectionToControls),
            "The user name for Basic authentication to `proxy`.");

    public static final Field<Optional<String>> PASSWORD = Field.optional(
                    "proxy_password",
                    Form.text(MAX_CREDENTIAL_CHARS, Texts::objectionToControls),
                    "The password for Basic authentication to `proxy`.")
            .secret();

    static final List<Field<?>> FIELDS = List.of(PROXY, USER, PASSWORD);

    private Proxy() {}

    /**
     * The address of a proxy.
     *
     * @throws IllegalArgumentException saying what is wrong, to follow the name of the field or setting
     */
    public static HttpUrl parse(String text) {
        HttpUrl url = HttpUrl.parse(text);
        if (url.secure() || !url.path().equals("/")) {
            throw new IllegalArgumentException("has to be http:// and a host and a port, with nothing behind them");
        }
        return url;
    }

    private static Optional<String> objection(String text) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        try {
            HttpUrl unused = parse(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(e.getMessage() + "; or it is " + NONE);
        }
    }
}
