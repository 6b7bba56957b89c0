package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;
import java.util.Optional;
import java.util.regex.Pattern;

/** Declares {@code pagerduty}. Source of names and limits: the notification types of Rackspace Cloud Monitoring. */
public final class PagerDuty {
    private static final Pattern KEY = Pattern.compile("[0-9A-Za-z]+");

    public static final Field<String> SERVICE_KEY = Field.required(
                    "service_key",
                    Form.text(32, PagerDuty::objectionToKey),
                    "The integration key of the service in PagerDuty: letters and digits.")
            .secret();

    public static final Field<Optional<HttpUrl>> SERVICE_ENDPOINT = Field.optional(
            "service_endpoint", Form.httpUrl(), "Where events are posted to instead of PagerDuty's own address.");

    public static final ChannelType TYPE = ChannelType.overHttp(
            "pagerduty",
            "PagerDuty",
            "Opens, and resolves, incidents of a service in PagerDuty.",
            SERVICE_KEY,
            SERVICE_ENDPOINT);

    private PagerDuty() {}

    private static Optional<String> objectionToKey(String text) {
        return KEY.matcher(text).matches() ? Optional.empty() : Optional.of("has to be letters and digits");
    }
}
