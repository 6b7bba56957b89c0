package io.tidewatch.poller.target;

/**
 * What a check is aimed at.
 *
 * @param host a host name, or an IPv4 or IPv6 address, without brackets
 * @param choice the address families a host name may have
 */
public record Target(String host, AddressChoice choice) {
    public Target {
        if (host.isBlank()) {
            throw new IllegalArgumentException("a target has to name a host or an address");
        }
    }
}
