package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;

/** Declares {@code msteams}. */
public final class MsTeams {
    public static final Field<HttpUrl> URL = Field.required(
                    "url", Form.httpUrl(), "Where messages are posted to. Whoever knows it can post there.")
            .secret();

    public static final ChannelType TYPE =
            ChannelType.overHttp("msteams", "Microsoft Teams", "Posts to a workflow of Microsoft Teams.", URL);

    private MsTeams() {}
}
