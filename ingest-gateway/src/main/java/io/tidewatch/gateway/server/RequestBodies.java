package io.tidewatch.gateway.server;

import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.http.ServerFaults;
import io.tidewatch.gateway.server.ConnectionState.Phase;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Receives the whole body of a request before anybody handles it, without a thread that waits: whoever sends a byte now and then
 * holds a connection, and nothing else. Called by the HTTP server's threads.
 */
final class RequestBodies extends Handler.Wrapper {
    /** So much of a body that is too long is read, and thrown away, since many clients hear an answer only when they have sent all. */
    private static final int MAX_DISCARDED_BYTES = 4 * Requests.MAX_BODY_BYTES;

    private final BoundedConnector connector;
    private final ByteBudget budget;
    private final Consumer<Refusal> refusals;

    RequestBodies(BoundedConnector connector, ByteBudget budget, Consumer<Refusal> refusals) {
        this.connector = connector;
        this.budget = budget;
        this.refusals = refusals;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<ConnectionState> state = connector.state(request);
        if (state.isEmpty()) {
            callback.failed(new EofException("The connection is closed already"));
            return true;
        }
        Reception reception = new Reception(request, response, callback, state.get());
        state.get().begin(Phase.SENDING, System.nanoTime(), reception::giveUp);
        return !reception.receive() || reception.proceed();
    }

    /** The body of one request, on its way in. */
    private final class Reception {
        private final Request request;
        private final Response response;
        private final Callback callback;
        private final ConnectionState state;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(0);
        private long receivedBytes;
        private volatile boolean late;

        Reception(Request request, Response response, Callback callback, ConnectionState state) {
            this.request = request;
            this.response = response;
            this.state = state;
            this.callback = Callback.from(callback, () -> {
                budget.giveBack(state.address(), body.size());
                state.begin(
                        Phase.QUIET,
                        System.nanoTime(),
                        () -> request.getConnectionMetaData()
                                .getConnection()
                                .getEndPoint()
                                .close());
            });
        }

        /** Reads what there is; true when that was all of an acceptable body, false when there is nothing more to do here now. */
        boolean receive() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    request.demand(this::resume);
                    return false;
                } else if (Content.Chunk.isFailure(chunk)) {
                    fail(chunk.getFailure());
                    return false;
                }
                boolean fits = keep(chunk);
                boolean last = chunk.isLast();
                chunk.release();
                if (!fits || last) {
                    return fits && isAcceptable();
                }
            }
        }

        /** In a thread of its own: what is called when content comes must not block. */
        private void resume() {
            if (receive()) {
                Later.handle(request, response, callback, this::proceed);
            }
        }

        boolean proceed() throws Exception {
            state.begin(Phase.SERVED, System.nanoTime(), () -> {});
            return RequestBodies.super.handle(new ReceivedRequest(request, body.toByteArray()), response, callback);
        }

        /** The client was too slow: what it may still send is not waited for. */
        void giveUp() {
            late = true;
            request.fail(new TimeoutException("The body came too slowly"));
        }

        /** False when the request has been answered, as there is no room for its body. */
        private boolean keep(Content.Chunk chunk) {
            int bytes = chunk.remaining();
            receivedBytes += bytes;
            state.progress(bytes);
            if (receivedBytes > MAX_DISCARDED_BYTES) {
                refuseTooLong();
                return false;
            } else if (receivedBytes > Requests.MAX_BODY_BYTES) {
                return true;
            } else if (!budget.take(state.address(), bytes)) {
                refusals.accept(Refusal.MEMORY);
                ServerFaults.refuseForNow(
                        response, "The gateway receives as many bodies as it has memory for: try again", callback);
                return false;
            }
            body.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
            return true;
        }

        private boolean isAcceptable() {
            if (receivedBytes > Requests.MAX_BODY_BYTES) {
                refuseTooLong();
                return false;
            }
            return true;
        }

        private void refuseTooLong() {
            ServerFaults.refuse(response, Fault.tooLarge(Requests.MAX_BODY_BYTES), callback);
        }

        private void fail(Throwable failure) {
            boolean tooSlow = late || failure instanceof TimeoutException;
            int status = tooSlow ? HttpStatus.REQUEST_TIMEOUT_408 : HttpStatus.BAD_REQUEST_400;
            Response.writeError(
                    request, response, callback, failure instanceof HttpException http ? http.getCode() : status);
        }
    }
}
