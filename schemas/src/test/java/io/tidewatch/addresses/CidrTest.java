package io.tidewatch.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255, 9.255.255.255, 11.0.0.0",
        "100.64.0.0/10, 100.64.0.0, 100.127.255.255, 100.63.255.255, 100.128.0.0",
        "192.0.2.1/32, 192.0.2.1, 192.0.2.1, 192.0.2.0, 192.0.2.2",
        "fc00::/7, fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, fbff:ffff::1, fe00::",
        "2001:db8::/33, 2001:db8::, 2001:db8:7fff:ffff:ffff:ffff:ffff:ffff, 2001:db7:ffff::1, 2001:db8:8000::",
    })
    void containsFromItsFirstToItsLastAddress(String range, String first, String last, String before, String after)
            throws Exception {
        Cidr cidr = Cidr.parse(range);

        assertThat(cidr.contains(InetAddress.getByName(first))).isTrue();
        assertThat(cidr.contains(InetAddress.getByName(last))).isTrue();
        assertThat(cidr.contains(InetAddress.getByName(before))).isFalse();
        assertThat(cidr.contains(InetAddress.getByName(after))).isFalse();
    }

    @Test
    void containsAllOfItsFamilyAndNothingOfTheOtherWithoutAPrefix() throws Exception {
        Cidr all = Cidr.parse("0.0.0.0/0");

        assertThat(all.contains(InetAddress.getByName("203.0.113.9"))).isTrue();
        assertThat(all.contains(InetAddress.getByName("2001:db8::1"))).isFalse();
    }

    @Test
    void seesAMappedAddressAsTheIpv4AddressItIs() throws Exception {
        assertThat(Cidr.parse("10.0.0.0/8").contains(InetAddress.getByName("::ffff:10.1.2.3")))
                .isTrue();
    }

    @Test
    void isOneAddressWithoutASlash() {
        assertThat(Cidr.parse("192.0.2.7")).hasToString("192.0.2.7/32");
        assertThat(Cidr.parse("::1").prefixBits()).isEqualTo(128);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "::/129",
                "10.0.0.1/8",
                "10.0.0.0/x",
                "10.0.0/8",
                "localhost/8",
                "",
                "/8",
                "10.0.0.0/-1"
            })
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> Cidr.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
