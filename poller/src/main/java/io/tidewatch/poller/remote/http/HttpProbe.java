package io.tidewatch.poller.remote.http;

import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.checks.field.SearchPattern;
import io.tidewatch.checks.remote.ConnectionMetrics;
import io.tidewatch.checks.remote.RemoteHttp;
import io.tidewatch.poller.connection.Connection;
import io.tidewatch.poller.connection.Connector;
import io.tidewatch.poller.connection.Destination;
import io.tidewatch.poller.probe.CheckTarget;
import io.tidewatch.poller.probe.Measurements;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.probe.ProbeType;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.FailureKind;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Runs {@code remote.http}. The URL gives path, port, Host and SNI; the connection goes to the check's target, if it has
 * one, as long as the URL's own host is asked, and to the host of the URL otherwise. Every redirect is a new connection,
 * resolved and put to the address policy like the first. Any response with a status makes the check available.
 *
 * <p>Times count from the start of the run, so that resolving and earlier redirects are part of them. Not done: HTTP/2,
 * cookies, compressed bodies, client certificates, Digest authentication.
 */
public final class HttpProbe implements Probe {
    static final int MAX_REDIRECTS = 10;

    /** How much of a body a metric may hold. Source: the text limit of noitd, the engine of Rackspace Cloud Monitoring. */
    static final int MAX_INCLUDED_BODY = 4096;

    private final HttpCheck check;
    private final CheckTarget target;
    private final Connector connector;
    private final Executor matching;
    private final Clock clock;

    private HttpProbe(HttpCheck check, CheckTarget target, Connector connector, Executor matching, Clock clock) {
        this.check = check;
        this.target = target;
        this.connector = connector;
        this.matching = matching;
        this.clock = clock;
    }

    /**
     * @param matching where bodies are searched, which may take a while
     * @param clock tells how long a certificate is still good for
     */
    public static ProbeType type(Connector connector, Executor matching, Clock clock) {
        return new ProbeType(
                RemoteHttp.TYPE,
                (details, target) -> new HttpProbe(HttpCheck.of(details), target, connector, matching, clock));
    }

    @Override
    public void begin(Run run) {
        ask(run, Request.first(check));
    }

    private void ask(Run run, Request request) {
        connector.connect(
                run,
                destination(request.url()),
                connection -> HttpConversation.send(
                        run, connection, request, response -> answered(run, request, connection, response)));
    }

    private Destination destination(HttpUrl url) {
        Target named = new Target(url.host(), target.choice());
        Target address = url.host().equals(check.url().host()) ? target.given().orElse(named) : named;
        return new Destination(address, url.port(), url.secure() ? Optional.of(url.host()) : Optional.empty());
    }

    private void answered(Run run, Request request, Connection connection, Response response) {
        if (!check.followRedirects() || response.location().isEmpty()) {
            long durationNanos = run.elapsedNanos();
            run.finishWith(matching, () -> outcome(durationNanos, connection, response));
        } else if (request.redirects() == MAX_REDIRECTS) {
            run.fail(FailureKind.PROTOCOL_ERROR, "more than " + MAX_REDIRECTS + " redirects");
        } else {
            redirect(run, request, response);
        }
    }

    private void redirect(Run run, Request request, Response response) {
        Request next;
        try {
            next = request.redirected(response.status(), response.location().orElseThrow());
        } catch (IllegalArgumentException e) {
            run.fail(FailureKind.PROTOCOL_ERROR, "the location of a redirect " + e.getMessage());
            return;
        }
        ask(run, next);
    }

    private Outcome outcome(long durationNanos, Connection connection, Response response) {
        String code = Integer.toString(response.status());
        Measurements measured = new Measurements()
                .text(RemoteHttp.CODE, code)
                .duration(ConnectionMetrics.DURATION, durationNanos)
                .duration(ConnectionMetrics.TT_CONNECT, connection.connectedNanos())
                .duration(ConnectionMetrics.TT_FIRSTBYTE, response.firstByteNanos())
                .integer(RemoteHttp.BYTES, response.bytes())
                .integer(RemoteHttp.TRUNCATED, response.truncatedBytes());
        check.bodyMatches()
                .forEach(match -> measured.text(match.metric(), match.pattern().find(response.body())));
        connection.certificate().ifPresent(certificate -> certificate.measure(measured, clock.instant()));
        if (check.includeBody()) {
            measured.text(RemoteHttp.BODY_TEXT, SearchPattern.cut(response.body(), MAX_INCLUDED_BODY));
        }
        String status = "code=" + code + ",rt=" + Measurements.seconds(durationNanos) + ",bytes=" + response.bytes();
        return new Outcome.Available(status, measured.toMap());
    }
}
