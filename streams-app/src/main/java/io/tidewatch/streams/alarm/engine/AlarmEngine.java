package io.tidewatch.streams.alarm.engine;

import com.espertech.esper.common.client.EPCompiled;
import com.espertech.esper.common.client.EventBean;
import com.espertech.esper.common.client.EventSender;
import com.espertech.esper.runtime.client.DeploymentOptions;
import com.espertech.esper.runtime.client.EPDeployException;
import com.espertech.esper.runtime.client.EPDeployment;
import com.espertech.esper.runtime.client.EPRuntime;
import com.espertech.esper.runtime.client.EPRuntimeProvider;
import com.espertech.esper.runtime.client.EPUndeployException;
import com.espertech.esper.runtime.client.UpdateListener;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.ZoneVote;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Esper runtime of one stream task: judges observations, counts runs, collects votes, and knows every alarm's state.
 * It remembers nothing by itself: the host seeds it before the first observation and mirrors what {@link #judge} returns.
 *
 * <p>Confined to the stream task's thread.
 */
public final class AlarmEngine implements AutoCloseable {
    /** The time of an observation that has never been. */
    public static final long NEVER_MS = Long.MIN_VALUE;

    /** What a zone that has not been observed counts. */
    private static final ZoneVote NO_VOTE =
            new ZoneVote(State.UNKNOWN, 0, State.UNKNOWN, Instant.ofEpochMilli(NEVER_MS), "");

    /**
     * How many statements that no alarm uses go on, for the next alarm that needs them: to deploy one and to end it takes a
     * few milliseconds, which is most of what an alarm's creation and deletion cost everybody else. Source: of each task at
     * 110 KB of heap for a shape, these are 10 MB in a process with six tasks.
     */
    static final int MAX_IDLE = 16;

    private static final Logger LOG = LoggerFactory.getLogger(AlarmEngine.class);

    private final EPRuntime runtime;
    private final CriteriaShapes shapes;
    private final EventSender observations;
    private final Map<Integer, DeployedShape> deployed = new HashMap<>();

    /** Those of them that no alarm uses, in the order in which they were used last. */
    private final Set<DeployedShape> idle = new LinkedHashSet<>();

    private @Nullable ZoneVote counted;
    private @Nullable Transition changed;

    /** What one observation did to an alarm. */
    public sealed interface Decision {
        WatchedAlarm alarm();
    }

    /**
     * The criteria made a judgement of the observation.
     *
     * @param vote what the observed zone counts now
     * @param transition the change of the alarm's state; null when there was none
     */
    public record Counted(
            WatchedAlarm alarm, ZoneVote vote, @Nullable Transition transition) implements Decision {
        /** Whether the zone's state or vote, or the alarm's state, has changed. */
        public boolean isChange() {
            return transition != null || vote.getRunLength() == 1 || vote.getRunLength() == alarm.consecutiveCount();
        }
    }

    /**
     * The criteria could not be evaluated; the alarm's rows are as before.
     *
     * @param reason why, for the alarm's owner
     */
    public record Failed(WatchedAlarm alarm, String reason) implements Decision {}

    /** A change of an alarm's state. */
    public record Transition(State previous, State state) {}

    /**
     * @param uri a name that no other runtime of this process has
     */
    public AlarmEngine(String uri, CriteriaShapes shapes) {
        this.shapes = shapes;
        this.runtime = EPRuntimeProvider.getRuntime(uri, CriteriaShapes.configuration());
        runtime.initialize();
        EPDeployment alarms = deploy(shapes.alarms());
        observations = runtime.getEventService().getEventSender("Observed");
        listen(alarms, "counted", row -> counted = voteOf(row));
        listen(
                alarms,
                "changed",
                row -> changed = new Transition((State) row.get("previous"), (State) row.get("state")));
    }

    /** Why the statement for a shape can't run here; empty when it can, or does. */
    public Optional<String> objection(CriteriaShapes.Shape shape) {
        DeployedShape known = deployed.get(shape.number());
        return known != null && known.users > 0 ? Optional.empty() : shapes.objection(shape);
    }

    /** Makes the statement for a shape run here, if it doesn't yet. Balance with {@link #release}. */
    public void acquire(CriteriaShapes.Shape shape) {
        DeployedShape needed = deployed.computeIfAbsent(
                shape.number(),
                number -> new DeployedShape(shape, deploy(shape.compiled()).getDeploymentId()));
        if (needed.users++ == 0) {
            idle.remove(needed);
            shapes.use(shape);
            shapes.deployed().incrementAndGet();
        }
    }

    /** Takes back one {@link #acquire}; the statement ends some time after its last user. */
    public void release(int shapeNumber) {
        DeployedShape shape = deployed.get(shapeNumber);
        if (shape != null && --shape.users == 0) {
            shapes.deployed().decrementAndGet();
            shapes.giveBack(shape.shape);
            idle.add(shape);
            if (idle.size() > MAX_IDLE) {
                end(idle.iterator().next());
            }
        }
    }

    private void end(DeployedShape unused) {
        idle.remove(unused);
        deployed.remove(unused.shape.number());
        undeploy(unused.deploymentId);
    }

    public CriteriaShapes shapes() {
        return shapes;
    }

    /**
     * Takes in an alarm.
     *
     * @param votes what each zone that its check lists has counted, in their order; null for one that has not yet
     */
    public void seed(String alarm, State state, List<@Nullable ZoneVote> votes) {
        int zones = votes.size();
        State[] runState = new State[zones];
        int[] runLength = new int[zones];
        State[] vote = new State[zones];
        long[] observedAt = new long[zones];
        for (int zone = 0; zone < zones; zone++) {
            ZoneVote counted = Objects.requireNonNullElse(votes.get(zone), NO_VOTE);
            runState[zone] = counted.getRunState();
            runLength[zone] = counted.getRunLength();
            vote[zone] = counted.getVote();
            observedAt[zone] = counted.getObservedAt().toEpochMilli();
        }
        send("AlarmSeeded", alarm, state, runState, runLength, vote, observedAt);
    }

    /** Forgets all about an alarm. */
    public void forget(String alarm) {
        send("AlarmForgotten", alarm);
    }

    /** Evaluates one observation for one alarm, whose shape has been acquired and which has been seeded. */
    public Decision judge(Observed observed) {
        counted = null;
        changed = null;
        try {
            observations.sendEvent(observed);
        } catch (RuntimeException e) {
            LOG.error("An alarm's criteria failed alarmId={}", observed.alarm().key(), e);
            return new Failed(observed.alarm(), "the criteria failed: " + e.getMessage());
        }
        return counted == null
                ? new Failed(observed.alarm(), "the criteria failed: no statement judged the observation")
                : new Counted(observed.alarm(), counted, changed);
    }

    /**
     * Gives up the state of an alarm that nobody has observed for too long. Its runs and votes stay.
     *
     * @return empty when it was UNKNOWN before
     */
    public Optional<Transition> fallSilent(String alarm) {
        changed = null;
        send("AlarmSilent", alarm);
        return Optional.ofNullable(changed);
    }

    @Override
    public void close() {
        deployed.values().removeAll(idle);
        shapes.deployed().addAndGet(-deployed.size());
        deployed.values().forEach(ended -> shapes.giveBack(ended.shape));
        deployed.clear();
        runtime.destroy();
    }

    private void send(String type, Object... properties) {
        runtime.getEventService().sendEventObjectArray(properties, type);
    }

    private EPDeployment deploy(EPCompiled compiled) {
        try {
            return runtime.getDeploymentService().deploy(compiled, new DeploymentOptions());
        } catch (EPDeployException e) {
            throw new IllegalStateException("Esper can't deploy: " + e.getMessage(), e);
        }
    }

    private void undeploy(String deploymentId) {
        try {
            runtime.getDeploymentService().undeploy(deploymentId);
        } catch (EPUndeployException e) {
            throw new IllegalStateException("Esper can't undeploy: " + e.getMessage(), e);
        }
    }

    private void listen(EPDeployment deployment, String statement, RowListener listener) {
        UpdateListener forward = (rows, old, from, within) -> listener.on(rows[0]);
        runtime.getDeploymentService()
                .getStatement(deployment.getDeploymentId(), statement)
                .addListener(forward);
    }

    private static ZoneVote voteOf(EventBean counted) {
        Observed observed = (Observed) counted.get("observed");
        Judgement judgement = (Judgement) counted.get("judgement");
        return new ZoneVote(
                judgement.state(),
                (Integer) counted.get("runLength"),
                (State) counted.get("vote"),
                Instant.ofEpochMilli(observed.getObservedAt()),
                judgement.status());
    }

    private interface RowListener {
        void on(EventBean row);
    }

    private static final class DeployedShape {
        private final CriteriaShapes.Shape shape;
        private final String deploymentId;
        private int users;

        DeployedShape(CriteriaShapes.Shape shape, String deploymentId) {
            this.shape = shape;
            this.deploymentId = deploymentId;
        }
    }
}
