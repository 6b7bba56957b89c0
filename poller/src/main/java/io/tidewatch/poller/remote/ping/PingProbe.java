package io.tidewatch.poller.remote.ping;

import io.tidewatch.checks.remote.RemotePing;
import io.tidewatch.poller.connection.Connector;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.probe.ProbeType;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.poller.target.Target;
import java.net.InetAddress;

/** Runs {@code remote.ping}: a number of echo requests, a fraction of a second apart. One reply makes the check available. */
public final class PingProbe implements Probe {
    private final int count;
    private final Target target;
    private final Connector connector;
    private final Pinger pinger;

    private PingProbe(int count, Target target, Connector connector, Pinger pinger) {
        this.count = count;
        this.target = target;
        this.connector = connector;
        this.pinger = pinger;
    }

    public static ProbeType type(Connector connector, Pinger pinger) {
        return new ProbeType(
                RemotePing.TYPE,
                (details, target) ->
                        new PingProbe(details.get(RemotePing.COUNT), target.required(), connector, pinger));
    }

    @Override
    public void begin(Run run) {
        connector.resolve(run, target, address -> ping(run, address));
    }

    private void ping(Run run, InetAddress address) {
        if (pinger.canReach(address)) {
            new PingSeries(run, pinger, address, count).begin();
        } else {
            run.finish(Outcome.notRun("this zone's poller may not open an ICMP socket for " + Family.of(address)
                    + ": it needs CAP_NET_RAW, or its group in net.ipv4.ping_group_range"));
        }
    }
}
