package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;

/** Declares {@code cloudevents}. */
public final class CloudEvents {
    public static final Field<HttpUrl> URL = Field.required(
                    "url", Form.httpUrl(), "Where messages are posted to. Whoever knows it can post there.")
            .secret();

    public static final ChannelType TYPE =
            ChannelType.overHttp("cloudevents", "CloudEvents", "Posts to a URL, as a CloudEvent over HTTP.", URL);

    private CloudEvents() {}
}
