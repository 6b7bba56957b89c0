package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;
import java.util.List;
import java.util.Optional;

/** Declares {@code alertmanager}. Source: Prometheus wants its alerts sent to every replica, which tell each other what was sent. */
public final class Alertmanager {
    private static final int MAX_REPLICAS = 10;

    private static final Form<String> CREDENTIAL = Form.text(255, Texts::objectionToControls);

    public static final Field<List<String>> URLS = Field.required(
            "urls",
            Form.list(1, MAX_REPLICAS, Form.text(HttpUrl.MAX_CHARS, Texts::objectionToUrl)),
            "The roots of the Alertmanager's API, as http or https URLs: those of all replicas.");

    public static final Field<Optional<String>> USER =
            Field.optional("user", CREDENTIAL, "The user name for Basic authentication.");

    public static final Field<Optional<String>> PASSWORD = Field.optional(
                    "password", CREDENTIAL, "The password for Basic authentication.")
            .secret();

    public static final ChannelType TYPE = ChannelType.overHttp(
            "alertmanager",
            "Alertmanager",
            "Posts alerts to every replica of a Prometheus Alertmanager.",
            URLS,
            USER,
            PASSWORD);

    private Alertmanager() {}
}
