package io.tidewatch.poller.target;

import io.tidewatch.schema.TargetResolver;
import java.util.List;
import java.util.Optional;

/** Which address families a name may be resolved to, in the order in which they are asked for. */
public enum AddressChoice {
    ONLY_IPV4(TargetResolver.IPv4),
    ONLY_IPV6(TargetResolver.IPv6),
    PREFER_IPV4(TargetResolver.IPv4, TargetResolver.IPv6),
    PREFER_IPV6(TargetResolver.IPv6, TargetResolver.IPv4);

    private final List<TargetResolver> families;

    AddressChoice(TargetResolver... families) {
        this.families = List.of(families);
    }

    /**
     * @param asked the check's {@code target_resolver}; a check without one gets the zone's preference
     * @param preferred the zone's preference
     */
    public static AddressChoice of(Optional<TargetResolver> asked, TargetResolver preferred) {
        return switch (asked.orElse(preferred)) {
            case IPv4 -> asked.isPresent() ? ONLY_IPV4 : PREFER_IPV4;
            case IPv6 -> asked.isPresent() ? ONLY_IPV6 : PREFER_IPV6;
        };
    }

    /** The families to ask for, one after the other until there is an address. */
    public List<TargetResolver> families() {
        return families;
    }
}
