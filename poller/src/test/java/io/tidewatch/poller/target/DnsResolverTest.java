package io.tidewatch.poller.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.poller.target.Resolution.Addresses;
import io.tidewatch.poller.target.Resolution.Failed;
import io.tidewatch.schema.FailureKind;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsResolverTest {
    private final NameServer server;
    private final DnsResolver resolver;

    DnsResolverTest(@TempDir Path directory) throws Exception {
        Path hosts = Files.writeString(directory.resolve("hosts"), "192.0.2.10 from-hosts.test\n");
        server = new NameServer();
        server.answer("both.test", "192.0.2.1");
        server.answer("both.test", "192.0.2.2");
        server.answer("both.test", "2001:db8::1");
        server.answer("six.test", "2001:db8::6");
        resolver = DnsResolver.asking(List.of(server.address()), hosts);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.77, PREFER_IPV4, 192.0.2.77",
        "2001:db8::77, PREFER_IPV4, 2001:db8::77",
        "localhost, ONLY_IPV4, 127.0.0.1",
        "localhost, ONLY_IPV6, ::1",
        "web.localhost, PREFER_IPV4, 127.0.0.1",
        "from-hosts.test, PREFER_IPV4, 192.0.2.10",
        "both.test, ONLY_IPV6, 2001:db8::1",
        "both.test, PREFER_IPV6, 2001:db8::1",
        "six.test, PREFER_IPV4, 2001:db8::6",
        "six.test, ONLY_IPV6, 2001:db8::6",
    })
    void findsAnAddressOfTheFamilyThatWasChosen(String host, AddressChoice choice, String address) throws Exception {
        Resolution resolution = resolve(host, choice);

        assertThat(resolution).isEqualTo(new Addresses(List.of(InetAddress.getByName(address))));
    }

    @Test
    void findsAllAddressesOfAFamily() throws Exception {
        Resolution resolution = resolve("both.test", AddressChoice.PREFER_IPV4);

        assertThat(((Addresses) resolution).addresses())
                .containsExactlyInAnyOrder(InetAddress.getByName("192.0.2.1"), InetAddress.getByName("192.0.2.2"));
    }

    @Test
    void saysThatAFamilyIsMissing() throws Exception {
        assertThat(resolve("six.test", AddressChoice.ONLY_IPV4))
                .isEqualTo(new Failed(FailureKind.DNS_ERROR, "six.test has no IPv4 address"));
    }

    @Test
    void saysThatANameDoesNotExist() throws Exception {
        assertThat(resolve("nowhere.test", AddressChoice.PREFER_IPV4))
                .isEqualTo(new Failed(FailureKind.DNS_ERROR, "nowhere.test does not exist"));
    }

    @Test
    void saysThatATextIsNoName() throws Exception {
        assertThat(resolve("a..b", AddressChoice.PREFER_IPV4))
                .isEqualTo(new Failed(FailureKind.DNS_ERROR, "'a..b' is not a host name"));
    }

    @Test
    void asksOnceForAnAnswerThatIsStillGood() throws Exception {
        resolve("both.test", AddressChoice.ONLY_IPV4);
        int asked = server.queries();

        resolve("both.test", AddressChoice.ONLY_IPV4);

        assertThat(server.queries()).isEqualTo(asked);
    }

    /** Without it, every name would time out from then on. */
    @Test
    void isDeadWhenTheThreadOfQueriesHasEnded() throws Exception {
        assertThat(resolve("both.test", AddressChoice.ONLY_IPV4)).isInstanceOf(Addresses.class);
        assertThat(resolver.deadBecause()).isEmpty();

        threadOfQueries().interrupt();

        await().untilAsserted(() -> assertThat(resolver.deadBecause()).hasValue("the thread of DNS queries has ended"));
    }

    private static Thread threadOfQueries() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("dnsjava NIO selector"))
                .findFirst()
                .orElseThrow();
    }

    private Resolution resolve(String host, AddressChoice choice) throws Exception {
        CompletableFuture<Resolution> resolution = new CompletableFuture<>();
        resolver.resolve(new Target(host, choice), resolution::complete);
        return resolution.get(20, TimeUnit.SECONDS);
    }
}
