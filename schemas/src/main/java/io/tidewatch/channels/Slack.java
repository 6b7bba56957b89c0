package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;

/** Declares {@code slack}. */
public final class Slack {
    public static final Field<HttpUrl> URL = Field.required(
                    "url", Form.httpUrl(), "Where messages are posted to. Whoever knows it can post there.")
            .secret();

    public static final ChannelType TYPE = ChannelType.overHttp(
            "slack", "Slack", "Posts to an incoming webhook of Slack, or of a chat that takes the same.", URL);

    private Slack() {}
}
