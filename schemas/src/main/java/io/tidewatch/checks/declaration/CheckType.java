package io.tidewatch.checks.declaration;

import io.tidewatch.checks.field.DeclaredFields;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.PlainDetails;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The declaration of a type of check: all that Tidewatch knows of it, but for how a poller carries it out. Immutable.
 *
 * @param id the type's name in the API and on the wire, such as {@code remote.http}
 * @param label a name for people
 * @param description what it does, for people: one or more sentences
 * @param fields what its details may say
 * @param metrics what its results may have, if {@code hasKnownMetrics}
 * @param hasKnownMetrics whether it has no others than those
 * @param consecutiveCount how many observations in a row make a zone's vote in an alarm that does not say
 */
public record CheckType(
        String id,
        String label,
        String description,
        List<Field<?>> fields,
        List<DeclaredMetric> metrics,
        boolean hasKnownMetrics,
        int consecutiveCount) {
    private static final String REMOTE_PREFIX = "remote.";

    public CheckType {
        fields = List.copyOf(fields);
        metrics = List.copyOf(metrics);
    }

    /**
     * A type without fields and without known metrics. Pollers run it if its id begins with {@code remote.}, agents
     * otherwise.
     */
    public static CheckType named(String id, String label, String description) {
        return new CheckType(id, label, description, List.of(), List.of(), false, 1);
    }

    /** The same with those fields, and no others. */
    public CheckType withFields(Field<?>... all) {
        return new CheckType(id, label, description, List.of(all), metrics, hasKnownMetrics, consecutiveCount);
    }

    /** The same with those metrics and the ones it had, and no others. */
    public CheckType withMetrics(List<DeclaredMetric> further) {
        return new CheckType(
                id,
                label,
                description,
                fields,
                Stream.concat(metrics.stream(), further.stream()).toList(),
                true,
                consecutiveCount);
    }

    /** As {@link #withMetrics(List)}. */
    public CheckType withMetrics(DeclaredMetric... further) {
        return withMetrics(List.of(further));
    }

    /** The same, damped by default: alarms wait for that many observations in a row. */
    public CheckType withConsecutiveCount(int count) {
        return new CheckType(id, label, description, fields, metrics, hasKnownMetrics, count);
    }

    /** Whether types with that id are run by the pollers of monitoring zones; those of others are reported by agents. */
    public static boolean isRemote(String id) {
        return id.startsWith(REMOTE_PREFIX);
    }

    /** Whether the pollers of monitoring zones run it; if not, an agent reports it. */
    public boolean isRemote() {
        return isRemote(id);
    }

    /**
     * Whether a result of this type may have a metric of that name. An agent's metrics may have a dimension in front,
     * such as {@code eth0.rx_bytes}.
     */
    public boolean mayHave(String metric) {
        return !hasKnownMetrics
                || metrics.stream()
                        .anyMatch(declared ->
                                declared.isNamed(metric) || (!isRemote() && metric.endsWith("." + declared.name())));
    }

    /**
     * Details as they are to be stored: every field of a remote check fits its declaration, and there are no others.
     * Those of an agent's check only have to be plain.
     *
     * @param given values as Avro's Java classes have them
     * @throws io.tidewatch.checks.field.InvalidDetailsException naming what is missing, unknown or unfit
     */
    public Map<String, Object> stored(Map<String, Object> given) {
        if (isRemote()) {
            return DeclaredFields.stored(fields, given);
        }
        PlainDetails.require(fields, given);
        return given;
    }
}
