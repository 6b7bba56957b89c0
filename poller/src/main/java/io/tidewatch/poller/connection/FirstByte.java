package io.tidewatch.poller.connection;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.tidewatch.poller.probe.Phase;
import io.tidewatch.poller.probe.Run;
import java.util.OptionalLong;

/** Notes when the first byte of what a target says arrives, and that the run is reading from then on. One connection. */
public final class FirstByte extends ChannelInboundHandlerAdapter {
    private final Run run;
    private OptionalLong atNanos = OptionalLong.empty();

    public FirstByte(Run run) {
        this.run = run;
    }

    /** Nanoseconds from the start of the run; empty when the target has said nothing yet. */
    public OptionalLong atNanos() {
        return atNanos;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (atNanos.isEmpty()) {
            atNanos = OptionalLong.of(run.elapsedNanos());
            run.enter(Phase.READ);
        }
        context.fireChannelRead(message);
    }
}
