package io.tidewatch.poller.assignment;

import io.tidewatch.poller.connection.Connector;
import io.tidewatch.poller.probe.ProbeType;
import io.tidewatch.poller.remote.http.HttpProbe;
import io.tidewatch.poller.remote.ping.PingProbe;
import io.tidewatch.poller.remote.ping.Pinger;
import io.tidewatch.poller.remote.tcp.TcpProbe;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/** The list of the types of check that this poller runs. To add one, add a line. */
public final class ProbeTypes {
    private ProbeTypes() {}

    /**
     * @param matching where bodies are searched, which may take a while
     * @param clock tells how long a certificate is still good for
     */
    public static List<ProbeType> all(Connector connector, Pinger pinger, Executor matching, Clock clock) {
        return List.of(
                HttpProbe.type(connector, matching, clock),
                PingProbe.type(connector, pinger),
                TcpProbe.type(connector, clock));
    }
}
