package io.tidewatch.operations;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /health/live}, {@code /health/ready} (200 or 503, with a reason a line) and {@code /metrics}
 * (Prometheus text) of one part, to whoever can reach the port. Started by its constructor; {@link #close} stops it.
 *
 * <p>Whoever connects and says nothing, or reads nothing, takes no thread, and no place that another one needs: see {@link
 * OperationsConnections}. One thread makes the answers with metrics, so that many who ask for these don't hold up a question
 * about health.
 */
public final class OperationsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OperationsServer.class);

    /** A request of a browser or of a proxy fits in. Source: the default of Apache's and Jetty's limits, 8 KiB. */
    static final int MAX_HEAD_BYTES = 8 * 1024;

    /** One accepts, one selects, and the others answer; Jetty wants two more in reserve. */
    private static final int THREADS = 6;

    private static final int BACKLOG = 1024;

    private final Health health;
    private final PrometheusMeterRegistry meters;
    private final Server server;
    private final ServerConnector connector;
    private final int port;
    private final ExecutorService metricsThread = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(OperationsConnections.MAX_CONNECTIONS), task -> {
                Thread thread = new Thread(task, "metrics");
                thread.setDaemon(true);
                return thread;
            });

    /**
     * @throws UncheckedIOException when the port is taken, or the address isn't one of this machine
     */
    public OperationsServer(OperationsSettings settings, Health health, PrometheusMeterRegistry meters) {
        this.health = health;
        this.meters = meters;
        QueuedThreadPool threads = new QueuedThreadPool(THREADS, 1);
        threads.setName("operations");
        threads.setDaemon(true);
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(oneRequestAConnection()));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(BACKLOG);
        connector.addBean(new OperationsConnections(server.getScheduler()));
        server.addConnector(connector);
        server.setHandler(new Answers());
        server.setErrorHandler(new PlainErrors());
        start(settings);
        port = connector.getLocalPort();
    }

    /** The port it listens on. */
    public int port() {
        return port;
    }

    /** Gives the port back at once. Safe to call again. */
    @Override
    public void close() {
        metricsThread.shutdownNow();
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The operations port can't be closed", e);
        }
    }

    private void start(OperationsSettings settings) {
        try {
            server.start();
        } catch (Exception e) {
            close();
            IOException cause = e instanceof IOException io ? io : new IOException(e);
            throw new UncheckedIOException(
                    "Can't serve health and metrics on port " + settings.port() + " of " + settings.host() + ": "
                            + e.getMessage(),
                    cause);
        }
    }

    private static HttpConfiguration oneRequestAConnection() {
        HttpConfiguration http = new HttpConfiguration();
        http.setPersistentConnectionsEnabled(false);
        http.setRequestHeaderSize(MAX_HEAD_BYTES);
        http.setSendServerVersion(false);
        return http;
    }

    private static void answer(Response response, Callback callback, int status, String text) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        response.write(true, StandardCharsets.UTF_8.encode(text), callback);
    }

    private static void answerFaults(Response response, Callback callback, List<String> faults) {
        if (faults.isEmpty()) {
            answer(response, callback, HttpStatus.OK_200, "ok\n");
        } else {
            answer(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, String.join("\n", faults) + "\n");
        }
    }

    private void answerMetrics(Response response, Callback callback) {
        try {
            metricsThread.execute(() -> {
                try {
                    answer(response, callback, HttpStatus.OK_200, meters.scrape());
                } catch (RuntimeException e) {
                    callback.failed(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "Too many ask for metrics\n");
        }
    }

    private final class Answers extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!HttpMethod.GET.is(request.getMethod()) && !HttpMethod.HEAD.is(request.getMethod())) {
                answer(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "GET and HEAD are answered here\n");
                return true;
            }
            switch (Request.getPathInContext(request)) {
                case "/health/live" ->
                    answerFaults(response, callback, health.deadBecause().get());
                case "/health/ready" ->
                    answerFaults(response, callback, health.unreadyBecause().get());
                case "/metrics" -> answerMetrics(response, callback);
                default ->
                    answer(
                            response,
                            callback,
                            HttpStatus.NOT_FOUND_404,
                            "There are /health/live, /health/ready and /metrics here\n");
            }
            return true;
        }
    }

    /** What Jetty answers by itself, such as a malformed request. */
    private static final class PlainErrors extends ErrorHandler {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            answer(response, callback, response.getStatus(), HttpStatus.getMessage(response.getStatus()) + "\n");
            return true;
        }
    }
}
