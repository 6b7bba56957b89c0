package io.tidewatch.poller.remote.ping;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class EchoPacketTest {
    @Property
    void aPacketWithItsChecksumSumsToZero(@ForAll short identifier, @ForAll short sequence, @ForAll long token) {
        byte[] packet = EchoPacket.request(Family.IPV4, identifier, sequence, token);

        assertThat(EchoPacket.checksum(packet)).isZero();
    }

    @Example
    void theChecksumIsThatOfTheStandardsExample() {
        byte[] words = {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};

        // Source: RFC 1071 section 3 gives the sum ddf2; the checksum is its complement.
        assertThat(EchoPacket.checksum(words)).isEqualTo((short) 0x220d);
    }

    @Property
    void aReplyBringsItsTokenBack(@ForAll Family family, @ForAll long token) {
        byte[] reply = EchoPacket.request(family, 1, 2, token);
        reply[0] = family.echoReply;

        assertThat(EchoPacket.tokenOfReply(family, reply, 0, reply.length)).hasValue(token);
    }

    @Property
    void aRequestAndAShortPacketAreNoReplies(@ForAll Family family, @ForAll long token) {
        byte[] request = EchoPacket.request(family, 1, 2, token);
        byte[] reply = request.clone();
        reply[0] = family.echoReply;

        assertThat(EchoPacket.tokenOfReply(family, request, 0, request.length)).isEmpty();
        assertThat(EchoPacket.tokenOfReply(family, reply, 0, 15)).isEmpty();
        assertThat(EchoPacket.tokenOfReply(family, reply, 0, 16)).isPresent();
    }
}
