package io.tidewatch.poller.connection;

import io.netty.channel.Channel;
import java.util.Optional;

/**
 * An open connection of a run. It is closed when the run ends.
 *
 * @param connectedNanos when TCP stood, in nanoseconds from the start of the run
 * @param certificate what the server showed of itself; empty without TLS
 */
public record Connection(Channel channel, long connectedNanos, Optional<PeerCertificate> certificate) {}
