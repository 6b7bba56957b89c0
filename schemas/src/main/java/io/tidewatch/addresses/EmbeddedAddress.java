package io.tidewatch.addresses;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Finds the IPv4 address to which packets for an IPv6 address may end up going. */
final class EmbeddedAddress {
    private static final Cidr COMPATIBLE = Cidr.parse("::/96");
    private static final Cidr TRANSLATED = Cidr.parse("::ffff:0:0:0/96");
    private static final Cidr LOCAL_NAT64 = Cidr.parse("64:ff9b:1::/48");
    private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");
    private static final Cidr SIX_TO_FOUR = Cidr.parse("2002::/16");
    private static final Cidr TEREDO = Cidr.parse("2001::/32");

    private EmbeddedAddress() {}

    /**
     * Source: RFC 4291 section 2.5.5 (compatible; the mapped form is unwrapped by {@link InetAddress} itself), RFC 2765
     * (translated), RFC 6052 (NAT64), RFC 8215 (NAT64 of one's own, in its usual form with 96 bits of prefix), RFC 3056 (6to4), RFC 4380 (Teredo, which inverts the bits).
     */
    static Optional<InetAddress> in(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address) || LOCAL_NAT64.contains(address) || TRANSLATED.contains(address)) {
            return ipv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return ipv4(Arrays.copyOfRange(bytes, 2, 6));
        }
        if (TEREDO.contains(address)) {
            return ipv4(inverted(Arrays.copyOfRange(bytes, 12, 16)));
        }
        boolean unspecifiedOrLoopback = bytes.length == 16 && bytes[12] == 0;
        if (COMPATIBLE.contains(address) && !unspecifiedOrLoopback) {
            return ipv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return Optional.empty();
    }

    private static byte[] inverted(byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
        return bytes;
    }

    private static Optional<InetAddress> ipv4(byte[] bytes) {
        try {
            return Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an IPv4 address", e);
        }
    }
}
