package io.tidewatch.poller.assignment;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.poller.schedule.CheckScheduler;
import io.tidewatch.poller.schedule.ScheduledCheck;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The checks of one zone and the entities they are on, as the configuration topics have them. Nothing is scheduled before
 * {@link #caughtUp}, so that a check which was deleted long ago is not run while its history is read; from then on every
 * change takes effect at once. On the follower's thread.
 */
public final class ZoneChecks implements TopicFollower.Reader {
    /** What they are read from. */
    public static final Set<Topic> TOPICS = Set.of(Topic.CHECKS, Topic.ENTITIES);

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

    @Override
    public void apply(TopicRecord topicRecord) {
        if (topicRecord.topic() == Topic.CHECKS) {
            CheckPath path = checkPath(topicRecord.key());
            topicRecord.value().map(Check.class::cast).ifPresentOrElse(check -> put(path, check), () -> remove(path));
        } else {
            String key = topicRecord.key();
            topicRecord
                    .value()
                    .map(Entity.class::cast)
                    .ifPresentOrElse(entity -> putEntity(key, entity), () -> removeEntity(key));
        }
    }

    /** Schedules all there is. From now on, changes take effect at once. */
    @Override
    public void caughtUp() {
        live = true;
        checksByEntity.keySet().forEach(this::scheduleAllOf);
    }

    /** Takes a check that is new or changed; one that is not for this zone, or switched off, is not run any more. */
    private void put(CheckPath path, Check check) {
        require(path.equals(CheckPath.of(check)));
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

    private void remove(CheckPath path) {
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
    private void putEntity(String key, Entity entity) {
        require(key.equals(entity.getTenantId() + "/" + entity.getEntityId()));
        Entity known = entities.put(key, entity);
        if (known == null || !known.getIpAddresses().equals(entity.getIpAddresses())) {
            scheduleAllOf(key);
        }
    }

    /** The checks of an entity stay until they are deleted themselves. */
    private void removeEntity(String key) {
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

    private static CheckPath checkPath(String key) {
        String[] segments = key.split("/", -1);
        if (segments.length != 3) {
            throw new IllegalArgumentException("the key is not tenant/entity/check");
        }
        return new CheckPath(segments[0], segments[1], segments[2]);
    }

    private static void require(boolean keyFitsValue) {
        if (!keyFitsValue) {
            throw new IllegalArgumentException("the key is not the path of the value");
        }
    }

    private static String entityOf(CheckPath path) {
        return path.tenantId() + "/" + path.entityId();
    }
}
