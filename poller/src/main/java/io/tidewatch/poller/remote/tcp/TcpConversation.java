package io.tidewatch.poller.remote.tcp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.field.SearchPattern;
import io.tidewatch.checks.remote.ConnectionMetrics;
import io.tidewatch.checks.remote.RemoteTcp;
import io.tidewatch.poller.connection.Connection;
import io.tidewatch.poller.connection.ConnectionFailure;
import io.tidewatch.poller.connection.FirstByte;
import io.tidewatch.poller.probe.Measurements;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Phase;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.schema.FailureKind;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;

/** Talks to one target until it has said what the check wants to hear, or stops talking. On the run's event loop. */
final class TcpConversation extends SimpleChannelInboundHandler<ByteBuf> {
    private final TcpCheck check;
    private final Run run;
    private final Connection connection;
    private final Clock clock;
    private final FirstByte firstByte;
    private final TcpTranscript transcript;

    TcpConversation(TcpCheck check, Run run, Connection connection, Clock clock) {
        this.check = check;
        this.run = run;
        this.connection = connection;
        this.clock = clock;
        this.firstByte = new FirstByte(run);
        this.transcript = new TcpTranscript(check);
    }

    /** Says what the check has to say, and listens. */
    void begin() {
        run.enter(Phase.REQUEST);
        run.atDeadline(() -> heard(FailureKind.READ_TIMEOUT));
        connection.channel().pipeline().addLast(firstByte, this);
        connection
                .channel()
                .writeAndFlush(Unpooled.copiedBuffer(check.sendBody().orElse(""), StandardCharsets.UTF_8))
                .addListener(done -> run.execute(() -> {
                    if (done.isSuccess()) {
                        finishWhenComplete();
                    } else {
                        ConnectionFailure.inConversation(done.cause()).end(run);
                    }
                }));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
        run.execute(() -> {
            transcript.add(ByteBufUtil.getBytes(bytes));
            finishWhenComplete();
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        run.execute(() -> run.finish(heard(FailureKind.PROTOCOL_ERROR)));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        run.execute(() -> ConnectionFailure.inConversation(cause).end(run));
    }

    private void finishWhenComplete() {
        if (transcript.complete()) {
            run.finish(heard(FailureKind.PROTOCOL_ERROR));
        }
    }

    /** What there is to say when no more will come; silence where words were wanted is a failure of the given kind. */
    private Outcome heard(FailureKind silence) {
        transcript.end();
        if (check.bannerMatch().isPresent() && transcript.banner().isEmpty()) {
            return Outcome.failed(silence, "no banner came");
        }
        if (check.bodyMatch().isPresent() && transcript.body().isEmpty()) {
            return Outcome.failed(silence, "no body came");
        }
        return outcome(run.elapsedNanos());
    }

    private Outcome outcome(long durationNanos) {
        Measurements measured = new Measurements()
                .duration(ConnectionMetrics.DURATION, durationNanos)
                .duration(ConnectionMetrics.TT_CONNECT, connection.connectedNanos());
        firstByte.atNanos().ifPresent(nanos -> measured.duration(ConnectionMetrics.TT_FIRSTBYTE, nanos));
        String banner = transcript.banner().orElse("");
        if (check.bannerMatch().isPresent()) {
            measured.text(RemoteTcp.BANNER, SearchPattern.cut(banner, SearchPattern.MAX_MATCH_LENGTH));
        }
        String status = "connected"
                + match(RemoteTcp.BANNER_MATCHED, check.bannerMatch(), banner, measured)
                + match(RemoteTcp.BODY_MATCHED, check.bodyMatch(), transcript.body(), measured)
                + ",rt=" + Measurements.seconds(durationNanos);
        connection.certificate().ifPresent(certificate -> certificate.measure(measured, clock.instant()));
        return new Outcome.Available(status, measured.toMap());
    }

    private static String match(
            DeclaredMetric metric, Optional<SearchPattern> pattern, String text, Measurements measured) {
        if (pattern.isEmpty()) {
            return "";
        }
        measured.text(metric, pattern.get().find(text));
        return "," + metric.name() + (pattern.get().isIn(text) ? "=matched" : "=failed");
    }
}
