package io.tidewatch.poller.remote.ping;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;

/** A non-blocking ICMP socket of one address family. Any thread may send; one receives. */
final class IcmpSocket implements AutoCloseable {
    /** What came from an address: an echo reply with its token, or something else without. */
    record Packet(InetAddress from, OptionalLong token) {}

    private static final int MAX_PACKET_BYTES = 2048;

    private final Family family;
    private final int descriptor;
    private final boolean raw;
    private final int identifier = ThreadLocalRandom.current().nextInt(1 << Short.SIZE);
    private final byte[] received = new byte[MAX_PACKET_BYTES];

    private IcmpSocket(Family family, int descriptor, boolean raw) {
        this.family = family;
        this.descriptor = descriptor;
        this.raw = raw;
    }

    /**
     * A datagram socket, which needs no privilege where {@code net.ipv4.ping_group_range} includes our group; or else a raw
     * one, which needs CAP_NET_RAW. Source: icmp(7), raw(7).
     *
     * @return empty when this process may have neither, or the machine has no such address family
     */
    static Optional<IcmpSocket> open(Family family) {
        return open(family, LibC.SOCK_DGRAM).or(() -> open(family, LibC.SOCK_RAW));
    }

    private static Optional<IcmpSocket> open(Family family, int type) {
        try {
            int flags = LibC.SOCK_NONBLOCK | LibC.SOCK_CLOEXEC;
            int descriptor = LibC.socket(family.domain, type | flags, family.protocol);
            return Optional.of(new IcmpSocket(family, descriptor, type == LibC.SOCK_RAW));
        } catch (LastErrorException e) {
            return Optional.empty();
        }
    }

    int descriptor() {
        return descriptor;
    }

    /**
     * Sends one echo request. Returns whether the kernel took it; it does not when its buffer is full or it knows no way.
     */
    boolean send(InetAddress to, int sequence, long token) {
        byte[] packet = EchoPacket.request(family, identifier, sequence, token);
        byte[] address = family.socketAddress(to);
        try {
            LibC.sendto(descriptor, packet, new NativeLong(packet.length), 0, address, address.length);
            return true;
        } catch (LastErrorException e) {
            return false;
        }
    }

    /** Takes the next packet; empty when none is waiting. The token is there if the packet is an echo reply. */
    Optional<Packet> receive() {
        byte[] from = new byte[family.socketAddressLength];
        int length = LibC.recvfrom(
                        descriptor, received, new NativeLong(received.length), 0, from, new int[] {from.length})
                .intValue();
        if (length < 0) {
            return Optional.empty();
        }
        return Optional.of(new Packet(
                family.address(from), EchoPacket.tokenOfReply(family, received, headerLength(length), length)));
    }

    @Override
    public void close() {
        LibC.close(descriptor);
    }

    /** A raw IPv4 socket delivers the IP header as well; its length in words is in the low half of the first byte. */
    private int headerLength(int length) {
        return raw && family == Family.IPV4 && length > 0 ? (received[0] & 0x0F) * Integer.BYTES : 0;
    }
}
