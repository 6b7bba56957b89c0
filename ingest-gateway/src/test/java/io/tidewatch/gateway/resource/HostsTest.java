package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "::1", "2001:db8::1", "::ffff:192.0.2.1"})
    void knowsAnAddress(String text) {
        assertThat(Hosts.isAddress(text)).isTrue();
        assertThat(Hosts.isHost(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.",
                "256.0.0.1",
                "01.2.3.4",
                "1.2.3.4.5",
                ":",
                "1::2::3",
                "fe80::1%eth0",
                "[::1]"
            })
    void knowsWhatIsNoAddress(String text) {
        assertThat(Hosts.isAddress(text)).isFalse();
        assertThat(Hosts.isHost(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "example.org", "example.org.", "a-b.c_d.e1", "xn--nxasmq6b.example", "3com.com"})
    void knowsAHostName(String text) {
        assertThat(Hosts.isHost(text)).isTrue();
        assertThat(Hosts.isAddress(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a..b", ".a", "-a.org", "a-.org", "a b", "a/b", "http://a", "bücher.example", "a:80"})
    void knowsWhatIsNoHostName(String text) {
        assertThat(Hosts.isHost(text)).isFalse();
    }

    @Test
    void boundsLabelsAndNames() {
        assertThat(Hosts.isHost("a".repeat(63) + ".org")).isTrue();
        assertThat(Hosts.isHost("a".repeat(64) + ".org")).isFalse();
        assertThat(Hosts.isHost("a.".repeat(126) + "a")).isTrue();
        assertThat(Hosts.isHost("a.".repeat(127) + "a")).isFalse();
    }
}
