package io.tidewatch.checks.remote;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.declaration.Unit;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;

/** Declares {@code remote.ping}. Source of names and limits: the check types of Rackspace Cloud Monitoring. */
public final class RemotePing {
    /** Source: the documentation of Rackspace Cloud Monitoring, which damps ping more than other checks. */
    private static final int CONSECUTIVE_COUNT = 3;

    public static final Field<Integer> COUNT =
            Field.withDefault("count", Form.integer(1, 15), 5, "How many echo requests a run sends.");

    /** How many echo requests were sent. */
    public static final DeclaredMetric SENT = DeclaredMetric.integer("count", Unit.PACKETS);

    /** How many in a hundred echo requests were answered. */
    public static final DeclaredMetric ANSWERED = DeclaredMetric.decimal("available", Unit.PERCENT);

    public static final DeclaredMetric MINIMUM = DeclaredMetric.decimal("minimum", Unit.MILLISECONDS);
    public static final DeclaredMetric MAXIMUM = DeclaredMetric.decimal("maximum", Unit.MILLISECONDS);
    public static final DeclaredMetric AVERAGE = DeclaredMetric.decimal("average", Unit.MILLISECONDS);

    public static final CheckType TYPE = CheckType.named(
                    "remote.ping", "Ping", "Sends ICMP echo requests. Available if one of them was answered.")
            .withFields(COUNT)
            .withMetrics(SENT, ANSWERED, MINIMUM, MAXIMUM, AVERAGE)
            .withConsecutiveCount(CONSECUTIVE_COUNT);

    private RemotePing() {}
}
