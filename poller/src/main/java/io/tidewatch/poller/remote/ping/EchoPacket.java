package io.tidewatch.poller.remote.ping;

import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * ICMP echo packets, to send and to recognize. A packet's payload is a token that tells our echoes from each other and from
 * those of every other process. Pure.
 */
final class EchoPacket {
    private static final int HEADER_BYTES = 8;
    private static final int CHECKSUM_OFFSET = 2;

    /** 56 bytes of payload, as ping sends them: some routers drop smaller ones. */
    private static final int PACKET_BYTES = HEADER_BYTES + 56;

    private EchoPacket() {}

    /**
     * @param identifier tells processes apart; a datagram socket puts its own in its place
     */
    static byte[] request(Family family, int identifier, int sequence, long token) {
        ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
        packet.put(family.echoRequest).put((byte) 0).putShort((short) 0);
        packet.putShort((short) identifier).putShort((short) sequence).putLong(token);
        // For IPv6 the kernel puts in the checksum, which covers addresses that only it knows.
        if (family == Family.IPV4) {
            packet.putShort(CHECKSUM_OFFSET, checksum(packet.array()));
        }
        return packet.array();
    }

    /**
     * The token of a received echo reply; empty for everything else that a socket may bring.
     *
     * @param offset where the ICMP header begins
     */
    static OptionalLong tokenOfReply(Family family, byte[] received, int offset, int length) {
        if (length - offset < HEADER_BYTES + Long.BYTES || received[offset] != family.echoReply) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(ByteBuffer.wrap(received).getLong(offset + HEADER_BYTES));
    }

    /** Source: RFC 1071: the complement of the one's complement sum of all 16-bit words. */
    static short checksum(byte[] packet) {
        ByteBuffer words = ByteBuffer.wrap(packet);
        int sum = 0;
        while (words.hasRemaining()) {
            sum += Short.toUnsignedInt(words.getShort());
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >>> 16);
        }
        return (short) ~sum;
    }
}
