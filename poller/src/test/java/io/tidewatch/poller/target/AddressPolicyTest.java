package io.tidewatch.poller.target;

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
        "100::ffff, 100:0:0:1::",
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
        AddressPolicy policy = policy(List.of("64:ff9b::/96", "2002::/16", "2001::/32", "::/96"), List.of());

        assertThat(permits(policy, "64:ff9b::8.8.8.8")).isTrue();
        assertThat(permits(policy, "64:ff9b::10.0.0.1")).isFalse();
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
