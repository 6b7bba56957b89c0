package io.tidewatch.poller.remote.tcp;

import io.tidewatch.checks.remote.RemoteTcp;
import io.tidewatch.poller.connection.Connector;
import io.tidewatch.poller.connection.Destination;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.probe.ProbeType;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.poller.target.Target;
import java.time.Clock;
import java.util.Optional;

/**
 * Runs {@code remote.tcp}: connects, says {@code send_body}, and listens for a banner and a body where the check wants to
 * match them. A target that says something else is available, and its match is empty; one that says nothing is not.
 *
 * <p>Source of the order, sending before listening: noitd's tcp module, so that checks behave as they did.
 */
public final class TcpProbe implements Probe {
    private final TcpCheck check;
    private final Target target;
    private final Connector connector;
    private final Clock clock;

    private TcpProbe(TcpCheck check, Target target, Connector connector, Clock clock) {
        this.check = check;
        this.target = target;
        this.connector = connector;
        this.clock = clock;
    }

    /**
     * @param clock tells how long a certificate is still good for
     */
    public static ProbeType type(Connector connector, Clock clock) {
        return new ProbeType(
                RemoteTcp.TYPE,
                (details, target) -> new TcpProbe(TcpCheck.of(details), target.required(), connector, clock));
    }

    @Override
    public void begin(Run run) {
        Optional<String> tlsName = check.tls() ? Optional.of(target.host()) : Optional.empty();
        Destination destination = new Destination(target, check.port(), tlsName);
        connector.connect(run, destination, connection -> new TcpConversation(check, run, connection, clock).begin());
    }
}
