package io.tidewatch.gateway.server;

import io.tidewatch.gateway.http.ServerFaults;
import io.tidewatch.gateway.server.TurnQueue.Owner;
import io.tidewatch.gateway.server.TurnQueue.Waiting;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Lets requests through to the API when it is their tenant's turn. Those that wait hold no thread. Called by the HTTP server's
 * threads.
 */
final class Turns extends Handler.Wrapper {
    private final BoundedConnector connector;
    private final DoorBounds bounds;
    private final Consumer<Refusal> refusals;
    private final Map<TurnKind, TurnQueue> queues = new EnumMap<>(TurnKind.class);

    Turns(BoundedConnector connector, DoorBounds bounds, Consumer<Refusal> refusals) {
        this.connector = connector;
        this.bounds = bounds;
        this.refusals = refusals;
        for (TurnKind kind : TurnKind.values()) {
            queues.put(kind, new TurnQueue(kind.limits(bounds)));
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        List<String> path = Arrays.asList(request.getHttpURI().getDecodedPath().split("/", -1));
        TurnQueue queue = Objects.requireNonNull(queues.get(TurnKind.of(request.getMethod(), path)));
        Owner owner = new Owner(TurnKind.tenant(path), connector.address(request));
        Turn turn = new Turn(queue, request, response, callback, owner);
        return switch (queue.arrive(turn.waiting)) {
            case BEGUN -> turn.take();
            case WAITS -> turn.await();
            case FULL -> turn.refuse("As many requests for this tenant wait for their turn as may");
        };
    }

    /** A request that has its turn, or waits for it. */
    private final class Turn {
        private final TurnQueue queue;
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final Waiting waiting;
        private volatile Optional<Scheduler.Task> timeout = Optional.empty();

        Turn(TurnQueue queue, Request request, Response response, Callback callback, Owner owner) {
            this.queue = queue;
            this.request = request;
            this.response = response;
            this.callback = callback;
            this.waiting =
                    new Waiting(owner, Math.max(0, request.getLength()) * DoorBounds.TREE_BYTES_PER_BYTE, this::begin);
        }

        /** The turn is over as soon as the answer is known, however long its reader takes. */
        boolean take() throws Exception {
            Callback left = Callback.from(() -> queue.leave(waiting), callback);
            return Turns.super.handle(request, response, left);
        }

        boolean await() {
            timeout = Optional.of(request.getComponents()
                    .getScheduler()
                    .schedule(this::giveUp, bounds.turnTimeout().toMillis(), TimeUnit.MILLISECONDS));
            return true;
        }

        boolean refuse(String reason) {
            refusals.accept(Refusal.TURNS);
            ServerFaults.refuseForNow(response, reason + ": send fewer at a time, or try again later", callback);
            return true;
        }

        private void begin() {
            timeout.ifPresent(Scheduler.Task::cancel);
            Later.handle(request, response, callback, this::take);
        }

        private void giveUp() {
            if (queue.giveUp(waiting)) {
                refuse("Earlier requests are still being handled after "
                        + bounds.turnTimeout().toMillis() + " ms; this one was not begun");
            }
        }
    }
}
