package io.tidewatch.addresses;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses may be reached on behalf of users. A user chooses a check's target or a webhook's URL, and could otherwise
 * read what only the process that connects can reach: loopback, private networks, a cloud's metadata address. Denied are the
 * special-purpose ranges, unless the operator allows them; an IPv4 address inside an IPv6 one is judged as well. Immutable.
 *
 * <p>Names are not judged here: resolve once, ask about every address, connect to the address that was asked about.
 */
public final class AddressPolicy {
    /**
     * Source: the special-purpose address registries of IANA for IPv4 and IPv6, but for the blocks of AS112 and AMT outside
     * of 2001::/23, which are reachable for everybody; multicast and reserved space (RFC 1112, RFC 5771, RFC 4291),
     * site-local addresses (RFC 3879), addresses translated from IPv4 (RFC 2765), and the address at which Azure serves its
     * virtual machines.
     */
    private static final List<Cidr> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "168.63.129.16/32",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/96",
                    "::ffff:0:0:0/96",
                    "64:ff9b::/96",
                    "64:ff9b:1::/48",
                    "100::/64",
                    "100:0:0:1::/64",
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20",
                    "5f00::/16",
                    "fc00::/7",
                    "fe80::/10",
                    "fec0::/10",
                    "ff00::/8")
            .map(Cidr::parse)
            .toList();

    private final List<Cidr> allowed;
    private final List<Cidr> denied;

    /**
     * @param allowed ranges that may be reached although they are special
     * @param denied ranges that may not be reached, whatever else is said
     */
    public AddressPolicy(List<Cidr> allowed, List<Cidr> denied) {
        this.allowed = List.copyOf(allowed);
        this.denied = List.copyOf(denied);
    }

    /** Whether packets may be sent to the address. */
    public boolean permits(InetAddress address) {
        return permitsItself(address)
                && EmbeddedAddress.in(address).map(this::permits).orElse(true);
    }

    private boolean permitsItself(InetAddress address) {
        return !contains(denied, address) && (contains(allowed, address) || !contains(SPECIAL, address));
    }

    private static boolean contains(List<Cidr> ranges, InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
