package io.tidewatch.poller.remote.ping;

import io.tidewatch.poller.connection.Connector;
import io.tidewatch.poller.probe.Details;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.poller.target.Target;
import java.net.InetAddress;

/** Runs {@code remote.ping}: a number of echo requests, a fraction of a second apart. One reply makes the check available. */
public final class PingProbe implements Probe {
    private static final int DEFAULT_COUNT = 5;
    private static final int MAX_COUNT = 15;

    private final int count;
    private final Target target;
    private final Connector connector;
    private final Pinger pinger;

    /**
     * @throws io.tidewatch.poller.probe.InvalidCheckException when the details are unfit
     */
    public PingProbe(Details details, Target target, Connector connector, Pinger pinger) {
        this.count = details.integer("count", 1, MAX_COUNT, DEFAULT_COUNT);
        this.target = target;
        this.connector = connector;
        this.pinger = pinger;
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
