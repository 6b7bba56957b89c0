package io.tidewatch.system.drills;

import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.State;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.topics.CheckPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/**
 * A port of this machine that the deployment's own pollers check. It closes and opens in turn, on a thread of its own, and
 * each time it is told how long the alert took.
 */
final class PolledTarget implements AutoCloseable {
    private static final CheckPath PATH = new CheckPath(DrillStory.TENANT, "polled", "chport");
    private static final String ALARM = "alport";
    private static final int PERIOD_SECONDS = 2;
    private static final Duration STAYS = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** Nobody accepts connections, and nobody has to. */
    private static final int BACKLOG = 1_000;

    private final Arrivals arrivals;
    private final InetSocketAddress address;
    private final List<Long> delaysMs = new ArrayList<>();
    private final CompletableFuture<Void> end;
    private volatile boolean closed;

    /**
     * @param host the address at which the pollers reach this machine
     * @param zones of the pollers
     */
    PolledTarget(KafkaSettings kafka, Arrivals arrivals, String host, List<String> zones) {
        this.arrivals = arrivals;
        this.address = new InetSocketAddress(host, Port.free(1).get(0));
        Instant now = Instant.now();
        new Configuration(List.of(check(zones, now)), List.of(alarm(now))).publish(kafka);
        end = CompletableFuture.runAsync(this::takeTurns, task -> new Thread(task, "polled-target").start());
    }

    /**
     * Ends it.
     *
     * @return for each change, how long it took until its alert could be read, in milliseconds
     */
    List<Long> end() {
        closed = true;
        end.join();
        return List.copyOf(delaysMs);
    }

    @Override
    public void close() {
        closed = true;
    }

    private void takeTurns() {
        try {
            ServerSocket socket = open();
            // The first state that an alarm comes to is no change of the target.
            awaitTransition(State.OK, 0);
            Pause.of(STAYS);
            while (!closed) {
                long closedAtMs = System.currentTimeMillis();
                socket.close();
                delaysMs.add(awaitTransition(State.CRITICAL, closedAtMs));
                Pause.of(STAYS);
                long openedAtMs = System.currentTimeMillis();
                socket = open();
                delaysMs.add(awaitTransition(State.OK, openedAtMs));
                Pause.of(STAYS);
            }
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ServerSocket open() throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(address, BACKLOG);
        return socket;
    }

    private long awaitTransition(State state, long momentMs) {
        return await().atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> arrivals.firstOf(ALARM, state, momentMs), OptionalLong::isPresent)
                .getAsLong();
    }

    private Check check(List<String> zones, Instant now) {
        return Check.newBuilder()
                .setTenantId(PATH.tenantId())
                .setEntityId(PATH.entityId())
                .setCheckId(PATH.checkId())
                .setType("remote.tcp")
                .setPeriodSeconds(PERIOD_SECONDS)
                .setTimeoutSeconds(1)
                .setMonitoringZonesPoll(zones)
                .setTargetHostname(address.getAddress().getHostAddress())
                .setDetails(Map.of("port", (long) address.getPort()))
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
    }

    private static Alarm alarm(Instant now) {
        return Alarm.newBuilder()
                .setTenantId(PATH.tenantId())
                .setEntityId(PATH.entityId())
                .setAlarmId(ALARM)
                .setCheckId(PATH.checkId())
                .setCriteria("")
                // What it says then depends on the clock, and an undisturbed run has another one.
                .setUnknownWhenSilent(false)
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
    }
}
