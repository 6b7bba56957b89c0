package io.tidewatch.poller.assignment;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.poller.schedule.CheckScheduler;
import io.tidewatch.poller.schedule.ScheduledCheck;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.topics.CheckPath;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The checks of one zone and the entities they are on, as the configuration topics have them. Nothing is scheduled before
 * {@link #goLive}, so that a check which was deleted long ago is not run while its history is read; from then on every
 * change takes effect at once. One thread.
 */
public final class ZoneChecks {
    private final String zoneId;
    private final Probes probes;
    private final CheckScheduler scheduler;
    private final Map<String, Entity> entities = new HashMap<>();
    private final Map<String, Map<CheckPath, Check>> checksByEntity = new HashMap<>();
    private boolean live;

    public ZoneChecks(String zoneId, Probes probes, CheckScheduler scheduler) {
        this.zoneId = zoneId;
        this.probes = probes;
        this.scheduler = scheduler;
    }

    /** Schedules all there is. From now on, changes take effect at once. */
    public void goLive() {
        live = true;
        checksByEntity.keySet().forEach(this::scheduleAllOf);
    }

    /** Takes a check that is new or changed; one that is not for this zone, or switched off, is not run any more. */
    public void put(CheckPath path, Check check) {
        if (!isRunHere(check)) {
            remove(path);
            return;
        }
        Map<CheckPath, Check> siblings = checksByEntity.computeIfAbsent(entityOf(path), key -> new HashMap<>());
        Check known = siblings.put(path, check);
        if (live && !check.equals(known)) {
            schedule(path, check);
        }
    }

    /** Forgets a check, known or not. */
    public void remove(CheckPath path) {
        Map<CheckPath, Check> siblings = checksByEntity.getOrDefault(entityOf(path), new HashMap<>());
        if (siblings.remove(path) != null && siblings.isEmpty()) {
            checksByEntity.remove(entityOf(path));
        }
        scheduler.remove(path);
    }

    /**
     * Takes an entity that is new or changed.
     *
     * @param key {@code tenant/entity}
     */
    public void putEntity(String key, Entity entity) {
        Entity known = entities.put(key, entity);
        if (known == null || !known.getIpAddresses().equals(entity.getIpAddresses())) {
            scheduleAllOf(key);
        }
    }

    /** Forgets an entity, known or not. Its checks stay until they are deleted themselves. */
    public void removeEntity(String key) {
        if (entities.remove(key) != null) {
            scheduleAllOf(key);
        }
    }

    private boolean isRunHere(Check check) {
        return !check.getDisabled()
                && check.getMonitoringZonesPoll().contains(zoneId)
                && CheckType.isRemote(check.getType());
    }

    private void scheduleAllOf(String entityKey) {
        if (live) {
            checksByEntity.getOrDefault(entityKey, Map.of()).forEach(this::schedule);
        }
    }

    private void schedule(CheckPath path, Check check) {
        Optional<Entity> entity = Optional.ofNullable(entities.get(entityOf(path)));
        Duration period = Duration.ofSeconds(Math.max(1, check.getPeriodSeconds()));
        scheduler.put(
                new ScheduledCheck(path, check.getType(), period, timeout(check, period), probes.probe(check, entity)));
    }

    /** A run has to be over when the next is due; nine tenths of the period are left to a check that asks for more. */
    private static Duration timeout(Check check, Duration period) {
        Duration longest = period.multipliedBy(9).dividedBy(10);
        Duration asked = Duration.ofSeconds(Math.max(1, check.getTimeoutSeconds()));
        return asked.compareTo(longest) < 0 ? asked : longest;
    }

    private static String entityOf(CheckPath path) {
        return path.tenantId() + "/" + path.entityId();
    }
}
