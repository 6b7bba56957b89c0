package io.tidewatch.poller.remote.ping;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An address family as ICMP and Linux's socket addresses see it. Source: RFC 792, RFC 4443, ip(7), ipv6(7). */
enum Family {
    IPV4(LibC.AF_INET, LibC.IPPROTO_ICMP, 8, 0, 16, 4, 4),
    IPV6(LibC.AF_INET6, LibC.IPPROTO_ICMPV6, 128, 129, 28, 8, 16);

    final int domain;
    final int protocol;
    final byte echoRequest;
    final byte echoReply;
    final int socketAddressLength;
    private final int addressOffset;
    private final int addressLength;

    Family(
            int domain,
            int protocol,
            int echoRequest,
            int echoReply,
            int socketAddressLength,
            int addressOffset,
            int addressLength) {
        this.domain = domain;
        this.protocol = protocol;
        this.echoRequest = (byte) echoRequest;
        this.echoReply = (byte) echoReply;
        this.socketAddressLength = socketAddressLength;
        this.addressOffset = addressOffset;
        this.addressLength = addressLength;
    }

    static Family of(InetAddress address) {
        return address instanceof Inet4Address ? IPV4 : IPV6;
    }

    /** The {@code sockaddr} of an address of this family, with no port. */
    byte[] socketAddress(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.allocate(socketAddressLength);
        bytes.order(ByteOrder.nativeOrder()).putShort(0, (short) domain);
        bytes.put(addressOffset, address.getAddress());
        return bytes.array();
    }

    /** The address in a {@code sockaddr} of this family. */
    InetAddress address(byte[] socketAddress) {
        try {
            return InetAddress.getByAddress(
                    Arrays.copyOfRange(socketAddress, addressOffset, addressOffset + addressLength));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address of fixed length is an address", e);
        }
    }
}
