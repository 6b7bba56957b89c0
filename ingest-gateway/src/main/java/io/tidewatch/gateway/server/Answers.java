package io.tidewatch.gateway.server;

import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Sends answers without a thread that waits for their readers: what the API writes is held in memory and sent when it is complete.
 * Called by the HTTP server's threads.
 */
final class Answers extends Handler.Wrapper {
    private final HeldAnswer.Sending sending;

    Answers(HeldAnswer.Sending sending) {
        this.sending = sending;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        HeldAnswer answer = new HeldAnswer(request, response, callback, sending);
        return super.handle(request, answer, answer);
    }
}
