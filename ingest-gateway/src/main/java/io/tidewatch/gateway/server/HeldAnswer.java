package io.tidewatch.gateway.server;

import io.tidewatch.gateway.http.ServerFaults;
import io.tidewatch.gateway.server.ConnectionState.Phase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;
import org.jspecify.annotations.Nullable;

/** An answer that is held until it is complete, and sent then. Its writer never waits. */
final class HeldAnswer extends Response.Wrapper implements Callback {
    /** Bytes of a write, which the JDK copies into memory outside the heap that the thread keeps. */
    private static final int SLICE_BYTES = 32_768;

    /**
     * What all answers share.
     *
     * @param budget memory for answers that wait for their readers
     */
    record Sending(BoundedConnector connector, ByteBudget budget, Consumer<Refusal> refusals) {}

    private final Callback callback;
    private final Sending sending;
    private final Held held = new Held();
    private boolean begun;
    private boolean ended;

    HeldAnswer(Request request, Response response, Callback callback, Sending sending) {
        super(request, response);
        this.callback = callback;
        this.sending = sending;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback written) {
        begun = true;
        ended |= last;
        if (bytes != null) {
            held.writeBytes(BufferUtil.toArray(bytes));
            BufferUtil.clear(bytes);
        }
        written.succeeded();
    }

    @Override
    public boolean isCommitted() {
        return begun || super.isCommitted();
    }

    @Override
    public boolean hasLastWrite() {
        return ended || super.hasLastWrite();
    }

    @Override
    public void reset() {
        held.reset();
        begun = false;
        ended = false;
        super.reset();
    }

    /** The API has done its part. */
    @Override
    public void succeeded() {
        Optional<ConnectionState> state = sending.connector().state(getRequest());
        if (state.isEmpty()) {
            callback.failed(new EofException("The connection is closed already"));
        } else if (HttpStatus.hasNoBody(getStatus())) {
            callback.succeeded();
        } else if (sending.budget().take(state.get().address(), held.size())) {
            send(state.get());
        } else {
            sending.refusals().accept(Refusal.MEMORY);
            super.reset();
            ServerFaults.refuseForNow(
                    getWrapped(),
                    "Answers that nobody reads take the memory that there is for them: try again",
                    callback);
        }
    }

    @Override
    public void failed(Throwable failure) {
        callback.failed(failure);
    }

    private void send(ConnectionState state) {
        state.begin(
                Phase.READING,
                System.nanoTime(),
                () -> getRequest()
                        .getConnectionMetaData()
                        .getConnection()
                        .getEndPoint()
                        .close());
        getHeaders().put(HttpHeader.CONTENT_LENGTH, held.size());
        boolean isHead = HttpMethod.HEAD.is(getRequest().getMethod());
        int size = held.size();
        ByteBuffer rest = isHead ? BufferUtil.EMPTY_BUFFER : held.view();
        Callback sent = Callback.from(callback, () -> sending.budget().giveBack(state.address(), size));
        new Slices(rest, state, sent).iterate();
    }

    /** Writes the rest of the answer slice by slice. */
    private final class Slices extends IteratingNestedCallback {
        private final ByteBuffer rest;
        private final ConnectionState state;
        private int sliceBytes;
        private boolean lastWritten;

        Slices(ByteBuffer rest, ConnectionState state, Callback sent) {
            super(sent);
            this.rest = rest;
            this.state = state;
        }

        @Override
        protected Action process() {
            state.progress(sliceBytes);
            if (lastWritten) {
                return Action.SUCCEEDED;
            }
            sliceBytes = Math.min(SLICE_BYTES, rest.remaining());
            ByteBuffer slice = rest.slice(rest.position(), sliceBytes);
            rest.position(rest.position() + sliceBytes);
            lastWritten = !rest.hasRemaining();
            getWrapped().write(lastWritten, slice, this);
            return Action.SCHEDULED;
        }
    }

    /** Gives its bytes without a copy. */
    private static final class Held extends ByteArrayOutputStream {
        ByteBuffer view() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
