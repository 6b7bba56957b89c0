package io.tidewatch.checks.remote;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.SearchPattern;
import java.util.Optional;

/** Declares {@code remote.tcp}. Source of names and limits: the check types of Rackspace Cloud Monitoring. */
public final class RemoteTcp {
    public static final Field<Integer> PORT =
            Field.required("port", Form.integer(1, 65_535), "The TCP port to connect to.");

    public static final Field<Optional<SearchPattern>> BANNER_MATCH = Field.optional(
            "banner_match", Form.pattern(), "What to search for in the first line that the target sends.");

    public static final Field<Optional<String>> SEND_BODY =
            Field.optional("send_body", Form.text(1024), "What to send as soon as the connection is open.");

    public static final Field<Optional<SearchPattern>> BODY_MATCH = Field.optional(
            "body_match",
            Form.pattern(),
            "What to search for in what the target sends, after the banner if there is a banner_match.");

    public static final Field<Boolean> SSL = Field.withDefault("ssl", Form.flag(), false, "Whether to speak TLS.");

    /** The first line that the target sent, cut to length. */
    public static final DeclaredMetric BANNER = DeclaredMetric.text("banner");

    public static final DeclaredMetric BANNER_MATCHED = DeclaredMetric.text("banner_match");
    public static final DeclaredMetric BODY_MATCHED = DeclaredMetric.text("body_match");

    public static final CheckType TYPE = CheckType.named(
                    "remote.tcp",
                    "TCP",
                    "Connects, sends, and listens where something is to be matched. Available if the connection opened,"
                            + " and something came where it was wanted.")
            .withFields(PORT, BANNER_MATCH, SEND_BODY, BODY_MATCH, SSL)
            .withMetrics(BANNER, BANNER_MATCHED, BODY_MATCHED)
            .withMetrics(ConnectionMetrics.TIMES)
            .withMetrics(ConnectionMetrics.CERTIFICATE);

    private RemoteTcp() {}
}
