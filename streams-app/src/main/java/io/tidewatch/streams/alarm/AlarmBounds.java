package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Check;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import io.tidewatch.streams.alarm.engine.WorkBudget;
import io.tidewatch.streams.alarm.engine.ZoneMemories;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much the alarms of one check may be together. An alarm that is too much is not evaluated, with a reason, and those that
 * were there first stay. Most is refused by the API already; this is for whoever writes to the topics, and for what can only
 * be known of all alarms of a check together. Pure.
 */
final class AlarmBounds {
    /** Source: a zone's memory has a vote for each alarm, and has to fit into a record: {@link ZoneMemories}. */
    static final int MAX_ALARMS = 250;

    /** Source: the API accepts no more; an event has an observation of each zone, and has to fit into a record. */
    static final int MAX_ZONES = 64;

    private static final int MAX_ZONE_LENGTH = 255;

    private AlarmBounds() {}

    /** Why a check can have no further alarm, whatever its criteria; empty when it can. */
    static Optional<String> objection(WatchedCheck check, @Nullable Check config) {
        if (check.active().size() >= MAX_ALARMS) {
            return Optional.of("its check has " + MAX_ALARMS + " alarms that are evaluated, and can't have more");
        }
        if (check.zones().size() > MAX_ZONES) {
            return Optional.of("its check lists " + check.zones().size() + " zones, and can list at most " + MAX_ZONES);
        }
        return config != null && check.zones().stream().anyMatch(zone -> zone.length() > MAX_ZONE_LENGTH)
                ? Optional.of("its check lists a zone whose name has more than " + MAX_ZONE_LENGTH + " characters")
                : Optional.empty();
    }

    /** Why an alarm is too much for its check; empty when it isn't. */
    static Optional<String> objection(WatchedCheck check, WatchedAlarm added) {
        Set<String> earlier = added.wording().remembered();
        if (!earlier.isEmpty()) {
            Set<String> all = new HashSet<>(check.remembered());
            all.addAll(earlier);
            if (all.size() > ZoneMemories.MAX_REMEMBERED) {
                return Optional.of("rate and previous name " + all.size() + " metrics in the alarms of its check, and"
                        + " can name at most " + ZoneMemories.MAX_REMEMBERED);
            }
        }
        return WorkBudget.objection(check.standingSteps(), added);
    }
}
