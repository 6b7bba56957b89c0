package io.tidewatch.addresses;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of addresses of one family: those that share the first {@code prefixBits} bits with {@code network}. An IPv4
 * address mapped into IPv6 is an IPv4 address here, as it is for {@link InetAddress}.
 */
public record Cidr(InetAddress network, int prefixBits) {
    private static final String BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    public Cidr {
        byte[] bytes = network.getAddress();
        if (prefixBits < 0 || prefixBits > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException("a prefix of " + prefixBits + " bits does not fit an address of "
                    + bytes.length * Byte.SIZE + " bits");
        }
        for (int bit = prefixBits; bit < bytes.length * Byte.SIZE; bit++) {
            if (bit(bytes, bit) != 0) {
                throw new IllegalArgumentException(
                        network.getHostAddress() + "/" + prefixBits + " has bits set after its prefix");
            }
        }
    }

    /**
     * @param text {@code address/prefix}, such as {@code 10.0.0.0/8} or {@code fc00::/7}, or one address alone
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static Cidr parse(String text) {
        int slash = text.indexOf('/');
        InetAddress network = literal(slash < 0 ? text : text.substring(0, slash), text);
        if (slash < 0) {
            return new Cidr(network, network.getAddress().length * Byte.SIZE);
        }
        try {
            return new Cidr(network, Integer.parseInt(text.substring(slash + 1)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' has no number of bits after the slash", e);
        }
    }

    /** Whether the address is in this range; false for one of the other family. */
    public boolean contains(InetAddress address) {
        byte[] expected = network.getAddress();
        byte[] actual = address.getAddress();
        if (expected.length != actual.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit++) {
            if (bit(expected, bit) != bit(actual, bit)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixBits;
    }

    /** Of what this lets through, the JDK asks no name server: four numbers, or what stands in brackets. */
    private static InetAddress literal(String address, String text) {
        try {
            if (IPV4.matcher(address).matches()) {
                return InetAddress.getByName(address);
            } else if (IPV6.matcher(address).matches()) {
                return InetAddress.getByName("[" + address + "]");
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' does not begin with an IPv4 or IPv6 address", e);
        }
        throw new IllegalArgumentException("'" + text + "' does not begin with an IPv4 or IPv6 address");
    }

    private static int bit(byte[] bytes, int index) {
        return (bytes[index / Byte.SIZE] >> (Byte.SIZE - 1 - index % Byte.SIZE)) & 1;
    }
}
