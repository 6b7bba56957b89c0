package io.tidewatch.gateway.server;

import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Goes on with a request in a thread of its own, since whoever finds that it can go on must not block. */
final class Later {
    private Later() {}

    /**
     * @param handling as {@link org.eclipse.jetty.server.Handler#handle}: whether there was anybody to handle it
     */
    static void handle(Request request, Response response, Callback callback, Callable<Boolean> handling) {
        try {
            request.getComponents().getExecutor().execute(() -> run(request, response, callback, handling));
        } catch (RejectedExecutionException e) {
            callback.failed(new EofException("The server is closing", e));
        }
    }

    private static void run(Request request, Response response, Callback callback, Callable<Boolean> handling) {
        try {
            if (!handling.call()) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }
}
