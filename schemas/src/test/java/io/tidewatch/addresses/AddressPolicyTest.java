package io.tidewatch.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    private static final AddressPolicy DEFAULT = policy(List.of(), List.of());

    @ParameterizedTest
    @CsvSource({
        "0.255.255.255, 1.0.0.0",
        "10.0.0.0, 9.255.255.255",
        "10.255.255.255, 11.0.0.0",
        "100.64.0.0, 100.63.255.255",
        "100.127.255.255, 100.128.0.0",
        "127.0.0.0, 126.255.255.255",
        "127.255.255.255, 128.0.0.0",
        "168.63.129.16, 168.63.129.15",
        "168.63.129.16, 168.63.129.17",
        "169.254.0.0, 169.253.255.255",
        "169.254.255.255, 169.255.0.0",
        "172.16.0.0, 172.15.255.255",
        "172.31.255.255, 172.32.0.0",
        "192.0.0.255, 192.0.1.0",
        "192.0.2.255, 192.0.3.0",
        "192.88.99.0, 192.88.98.255",
        "192.168.0.0, 192.167.255.255",
        "192.168.255.255, 192.169.0.0",
        "198.18.0.0, 198.17.255.255",
        "198.19.255.255, 198.20.0.0",
        "198.51.100.255, 198.51.101.0",
        "203.0.113.0, 203.0.112.255",
        "224.0.0.0, 223.255.255.255",
        "64:ff9b:1::, 64:ff9b:2::",
        "::ffff:0:808:808, ::1:0:0:0",
        "::ffff:0:0:0, ::fffe:ffff:ffff:ffff",
        "100::ffff, ff:ffff::",
        "100:0:0:1::, 100:0:0:2::",
        "2001:1ff:ffff::, 2001:200::",
        "2001:db8::, 2001:db7:ffff::",
        "2002::, 2003::",
        "3fff:fff:ffff::, 3fff:1000::",
        "5f00::, 5eff:ffff::",
        "fc00::, fbff:ffff::",
        "fe80::1, fe7f:ffff::",
        "fec0::, fe00::",
    })
    void deniesTheEdgesOfSpecialRangesAndNotWhatIsNextToThem(String denied, String neighbour) throws Exception {
        assertThat(permits(DEFAULT, denied)).isFalse();
        assertThat(permits(DEFAULT, neighbour)).isTrue();
    }

    /** Every block of IANA's registries of special-purpose addresses, as of 2025, by its first and its last address. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.255.255.255, this network",
        "10.0.0.0, 10.255.255.255, private",
        "100.64.0.0, 100.127.255.255, shared",
        "127.0.0.0, 127.255.255.255, loopback",
        "169.254.0.0, 169.254.255.255, link local",
        "172.16.0.0, 172.31.255.255, private",
        "192.0.0.0, 192.0.0.7, IPv4 continuity",
        "192.0.0.8, 192.0.0.8, dummy",
        "192.0.0.9, 192.0.0.9, port control anycast",
        "192.0.0.10, 192.0.0.10, relays around NAT anycast",
        "192.0.0.170, 192.0.0.171, discovery of NAT64",
        "192.0.0.0, 192.0.0.255, assignments of protocols",
        "192.0.2.0, 192.0.2.255, documentation",
        "192.88.99.0, 192.88.99.255, 6to4 relay anycast",
        "192.168.0.0, 192.168.255.255, private",
        "198.18.0.0, 198.19.255.255, benchmarks",
        "198.51.100.0, 198.51.100.255, documentation",
        "203.0.113.0, 203.0.113.255, documentation",
        "240.0.0.0, 255.255.255.254, reserved",
        "255.255.255.255, 255.255.255.255, limited broadcast",
        "::, ::1, unspecified and loopback",
        "::ffff:10.0.0.1, ::ffff:192.168.0.1, IPv4 mapped",
        "::ffff:0:0:0, ::ffff:0:ffff:ffff, IPv4 translated",
        "64:ff9b::, 64:ff9b::ffff:ffff, NAT64",
        "64:ff9b:1::, 64:ff9b:1:ffff:ffff:ffff:ffff:ffff, NAT64 of one's own",
        "100::, 100::ffff:ffff:ffff:ffff, discard",
        "100:0:0:1::, 100:0:0:1:ffff:ffff:ffff:ffff, dummy",
        "2001::, 2001:0:ffff:ffff:ffff:ffff:ffff:ffff, Teredo",
        "2001:1::1, 2001:1::3, port control and relays and service registration anycast",
        "2001:2::, 2001:2:0:ffff:ffff:ffff:ffff:ffff, benchmarks",
        "2001:3::, 2001:3:ffff:ffff:ffff:ffff:ffff:ffff, multicast tunnels",
        "2001:4:112::, 2001:4:112:ffff:ffff:ffff:ffff:ffff, AS112",
        "2001:10::, 2001:1f:ffff:ffff:ffff:ffff:ffff:ffff, ORCHID",
        "2001:20::, 2001:2f:ffff:ffff:ffff:ffff:ffff:ffff, ORCHID version 2",
        "2001:30::, 2001:3f:ffff:ffff:ffff:ffff:ffff:ffff, drones",
        "2001::, 2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff, assignments of protocols",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, documentation",
        "2002::, 2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 6to4",
        "3fff::, 3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff, documentation",
        "5f00::, 5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff, segment routing",
        "fc00::, fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, unique local",
        "fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff, link local",
    })
    void deniesEveryBlockOfTheRegistries(String first, String last, String purpose) throws Exception {
        assertThat(permits(DEFAULT, first)).as(purpose).isFalse();
        assertThat(permits(DEFAULT, last)).as(purpose).isFalse();
    }

    /** They are in the registries, and reachable for everybody. */
    @ParameterizedTest
    @CsvSource({
        "192.31.196.1, AS112",
        "192.52.193.1, multicast tunnels",
        "192.175.48.1, AS112",
        "2620:4f:8000::1, AS112",
    })
    void permitsWhatIsRegisteredAndPublic(String address, String purpose) throws Exception {
        assertThat(permits(DEFAULT, address)).as(purpose).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "64:ff9b::7f00:1",
                "2002:7f00:1::",
                "ff02::1",
                "169.254.169.254"
            })
    void deniesWhatLeadsBackInside(String address) throws Exception {
        assertThat(permits(DEFAULT, address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "::ffff:8.8.8.8", "2606:4700::1111"})
    void permitsWhatIsPublic(String address) throws Exception {
        assertThat(permits(DEFAULT, address)).isTrue();
    }

    @Test
    void permitsWhatTheOperatorAllowsAndNothingNextToIt() throws Exception {
        AddressPolicy policy = policy(List.of("127.0.0.0/8", "10.1.0.0/16", "::1/128"), List.of());

        assertThat(permits(policy, "127.0.0.1")).isTrue();
        assertThat(permits(policy, "10.1.255.255")).isTrue();
        assertThat(permits(policy, "10.2.0.0")).isFalse();
        assertThat(permits(policy, "::1")).isTrue();
        assertThat(permits(policy, "::")).isFalse();
    }

    @Test
    void judgesTheAddressInsideAnAllowedOne() throws Exception {
        AddressPolicy policy = policy(
                List.of("64:ff9b::/96", "64:ff9b:1::/48", "::ffff:0:0:0/96", "2002::/16", "2001::/32", "::/96"),
                List.of());

        assertThat(permits(policy, "64:ff9b::8.8.8.8")).isTrue();
        assertThat(permits(policy, "64:ff9b::10.0.0.1")).isFalse();
        assertThat(permits(policy, "64:ff9b:1::8.8.8.8")).isTrue();
        assertThat(permits(policy, "64:ff9b:1::10.0.0.1")).isFalse();
        assertThat(permits(policy, "::ffff:0:8.8.8.8")).isTrue();
        assertThat(permits(policy, "::ffff:0:10.0.0.1")).isFalse();
        assertThat(permits(policy, "2002:808:808::1")).isTrue();
        assertThat(permits(policy, "2002:a00:1::1")).isFalse();
        assertThat(permits(policy, "2001:0:1::f7f7:f7f7")).isTrue(); // Teredo for 8.8.8.8
        assertThat(permits(policy, "2001:0:1::f5ff:fffe")).isFalse(); // Teredo for 10.0.0.1
        assertThat(permits(policy, "::8.8.8.8")).isTrue();
        assertThat(permits(policy, "::10.0.0.1")).isFalse();
    }

    @Test
    void deniesWhatTheOperatorDeniesEvenIfAllowed() throws Exception {
        AddressPolicy policy = policy(List.of("10.0.0.0/8"), List.of("10.0.0.5/32", "8.8.8.8"));

        assertThat(permits(policy, "10.0.0.5")).isFalse();
        assertThat(permits(policy, "10.0.0.6")).isTrue();
        assertThat(permits(policy, "8.8.8.8")).isFalse();
    }

    private static AddressPolicy policy(List<String> allowed, List<String> denied) {
        return new AddressPolicy(ranges(allowed), ranges(denied));
    }

    private static List<Cidr> ranges(List<String> texts) {
        return texts.stream().map(Cidr::parse).toList();
    }

    private static boolean permits(AddressPolicy policy, String address) throws Exception {
        return policy.permits(InetAddress.getByName(address));
    }
}
