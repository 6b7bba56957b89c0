package io.tidewatch.poller.assignment;

import io.tidewatch.checks.field.Details;
import io.tidewatch.checks.field.InvalidDetailsException;
import io.tidewatch.poller.probe.CheckTarget;
import io.tidewatch.poller.probe.InvalidCheckException;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.probe.ProbeType;
import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.TargetResolver;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes probes out of checks. A check that can't be run as it is configured becomes a probe whose every run says why: its
 * owner sees that, and its alarms too. Thread-safe.
 */
public final class Probes {
    private final Map<String, ProbeType> types;
    private final TargetResolver preferred;

    /**
     * @param types what can be run here
     * @param preferred the address family to look for first, for a check that asks for none
     */
    public Probes(List<ProbeType> types, TargetResolver preferred) {
        this.types = types.stream()
                .collect(Collectors.toUnmodifiableMap(type -> type.declaration().id(), Function.identity()));
        this.preferred = preferred;
    }

    /**
     * @param entity what the check is on; empty when it is not known, which only a check with an alias needs
     */
    Probe probe(Check check, Optional<Entity> entity) {
        try {
            return prepared(check, entity);
        } catch (InvalidCheckException | InvalidDetailsException e) {
            Outcome reason = Outcome.notRun(String.valueOf(e.getMessage()));
            return run -> run.finish(reason);
        }
    }

    private Probe prepared(Check check, Optional<Entity> entity) {
        ProbeType type = types.get(check.getType());
        if (type == null) {
            throw new InvalidCheckException("checks of type " + check.getType() + " can't be run here");
        }
        return type.factory().probe(new Details(check.getDetails()), target(check, entity));
    }

    private CheckTarget target(Check check, Optional<Entity> entity) {
        AddressChoice choice = AddressChoice.of(Optional.ofNullable(check.getTargetResolver()), preferred);
        return host(check, entity)
                .map(host -> CheckTarget.of(new Target(host, choice)))
                .orElseGet(() -> CheckTarget.unknown(choice));
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
}
