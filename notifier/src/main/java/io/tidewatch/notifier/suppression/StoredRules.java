package io.tidewatch.notifier.suppression;

import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.State;
import io.tidewatch.suppression.MatchedField;
import io.tidewatch.suppression.Matchers;
import io.tidewatch.suppression.Times;
import java.util.EnumSet;
import java.util.Set;

/**
 * What tenants have configured to be withheld, from the stored form to the rules' form. Pure. Everything throws an {@link
 * IllegalArgumentException}, a {@link java.time.DateTimeException} or an {@link io.tidewatch.pattern.UnfitPatternException} when no rule
 * can be made of it.
 */
public final class StoredRules {
    private StoredRules() {}

    public static Suppression suppression(io.tidewatch.schema.Suppression stored) {
        return Suppression.byIds(
                "suppression " + stored.getSuppressionId(),
                new Suppression.Names(
                        Set.copyOf(stored.getNotificationPlans()),
                        Set.copyOf(stored.getEntities()),
                        Set.copyOf(stored.getChecks()),
                        Set.copyOf(stored.getAlarms())),
                Times.once(stored.getStartTime(), stored.getEndTime()));
    }

    public static Suppression silence(Silence stored) {
        return Suppression.silence(
                "silence " + stored.getSilenceId() + " by " + stored.getAuthor() + ": " + stored.getReason(),
                Matchers.of(stored.getMatchers()),
                Times.once(stored.getStartTime(), stored.getEndTime()));
    }

    public static Suppression window(MaintenanceWindow stored) {
        String label = stored.getLabel() == null ? "" : " (" + stored.getLabel() + ")";
        return Suppression.window(
                "maintenance window " + stored.getMaintenanceWindowId() + label,
                new Suppression.Names(
                        Set.copyOf(stored.getNotificationPlans()),
                        Set.copyOf(stored.getEntities()),
                        Set.copyOf(stored.getChecks()),
                        Set.copyOf(stored.getAlarms())),
                Matchers.of(stored.getMatchers()),
                io.tidewatch.suppression.MaintenanceWindow.of(stored));
    }

    public static Inhibition inhibition(io.tidewatch.schema.Inhibition stored) {
        return new Inhibition(
                stored.getInhibitionId(),
                Matchers.of(stored.getSource()),
                stored.getSourceStates().isEmpty()
                        ? EnumSet.complementOf(EnumSet.of(State.OK))
                        : Set.copyOf(stored.getSourceStates()),
                Matchers.of(stored.getTarget()),
                stored.getEqual().stream()
                        .map(field -> MatchedField.parse(field)
                                .orElseThrow(() -> new IllegalArgumentException("Alarms have no field " + field)))
                        .toList());
    }
}
