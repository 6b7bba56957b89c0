package io.tidewatch.poller.assignment;

import io.tidewatch.poller.connection.Connector;
import io.tidewatch.poller.probe.Details;
import io.tidewatch.poller.probe.InvalidCheckException;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.remote.http.HttpProbe;
import io.tidewatch.poller.remote.ping.PingProbe;
import io.tidewatch.poller.remote.ping.Pinger;
import io.tidewatch.poller.remote.tcp.TcpProbe;
import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.TargetResolver;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * Makes probes out of checks. A check that can't be run as it is configured becomes a probe whose every run says why: its
 * owner sees that, and its alarms too. To add a check type, add its probe here. Thread-safe.
 */
public final class Probes {
    private static final String HTTP = "remote.http";
    private static final String TCP = "remote.tcp";
    private static final String PING = "remote.ping";

    private final Connector connector;
    private final Pinger pinger;
    private final Executor matching;
    private final TargetResolver preferred;
    private final Clock clock;

    /**
     * @param matching where bodies are searched, which may take a while
     * @param preferred the address family to look for first, for a check that asks for none
     */
    public Probes(Connector connector, Pinger pinger, Executor matching, TargetResolver preferred, Clock clock) {
        this.connector = connector;
        this.pinger = pinger;
        this.matching = matching;
        this.preferred = preferred;
        this.clock = clock;
    }

    /**
     * @param entity what the check is on; empty when it is not known, which only a check with an alias needs
     */
    Probe probe(Check check, Optional<Entity> entity) {
        try {
            return prepared(check, entity);
        } catch (InvalidCheckException e) {
            Outcome reason = Outcome.notRun(String.valueOf(e.getMessage()));
            return run -> run.finish(reason);
        }
    }

    private Probe prepared(Check check, Optional<Entity> entity) {
        AddressChoice choice = AddressChoice.of(Optional.ofNullable(check.getTargetResolver()), preferred);
        Optional<Target> target = host(check, entity).map(host -> new Target(host, choice));
        Details details = new Details(check.getDetails());
        return switch (check.getType()) {
            case HTTP -> new HttpProbe(details, target, choice, connector, matching, clock);
            case TCP -> new TcpProbe(details, required(target), connector, clock);
            case PING -> new PingProbe(details, required(target), connector, pinger);
            default -> throw new InvalidCheckException("checks of type " + check.getType() + " can't be run here");
        };
    }

    private static Optional<String> host(Check check, Optional<Entity> entity) {
        Optional<String> hostname =
                Optional.ofNullable(check.getTargetHostname()).filter(name -> !name.isBlank());
        Optional<String> alias = Optional.ofNullable(check.getTargetAlias()).filter(name -> !name.isBlank());
        if (alias.isEmpty() || hostname.isPresent()) {
            return hostname;
        }
        Entity known =
                entity.orElseThrow(() -> new InvalidCheckException("entity " + check.getEntityId() + " is not known"));
        return Optional.of(Optional.ofNullable(known.getIpAddresses().get(alias.get()))
                .orElseThrow(() -> new InvalidCheckException("target_alias " + alias.get()
                        + " is none of the ip_addresses of entity " + check.getEntityId())));
    }

    private static Target required(Optional<Target> target) {
        return target.orElseThrow(() -> new InvalidCheckException("neither target_alias nor target_hostname is given"));
    }
}
