package io.tidewatch.poller.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.poller.target.DnsResolver;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectorTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Path directory;
    private final Path hosts;
    private final ProbeLoops loops = new ProbeLoops(1);

    ConnectorTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        hosts = Files.writeString(directory.resolve("hosts"), "127.0.0.1 web.test other.test\n");
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void holdsNothingAgainstATrustedCertificateForTheHost() throws Exception {
        assertThat(certificateError("web.test")).isEmpty();
    }

    @Test
    void holdsAgainstACertificateThatItIsForAnotherHost() throws Exception {
        assertThat(certificateError("other.test"))
                .isEqualTo("No subject alternative DNS name matching other.test found.");
    }

    @Test
    void connectsToTheAddressThatWasTested() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Connector connector = new Connector(loops, DnsResolver.asking(List.of(), hosts), loopback());

            Outcome outcome = run(connector, "web.test", server.getLocalPort(), Optional.empty());

            assertThat(outcome.status()).isEqualTo("connected to 127.0.0.1");
        }
    }

    @Test
    void endsARunWhoseTargetIsDenied() throws Exception {
        AddressPolicy nothing = new AddressPolicy(List.of(), List.of());
        Connector connector = new Connector(loops, DnsResolver.asking(List.of(), hosts), nothing);

        Outcome outcome = run(connector, "web.test", 1, Optional.empty());

        assertThat(outcome)
                .isEqualTo(Outcome.failed(FailureKind.POLICY_DENIED, "prevented by the zone's address policy"));
    }

    private String certificateError(String host) throws Exception {
        SSLContext tls = SelfSigned.context(directory, "dns:web.test", 30, "-1d");
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry("web", SelfSigned.certificate(directory));
        CertificateJudge judge = new CertificateJudge(CertificateJudge.trusting(trusted));
        Connector connector = new Connector(loops, DnsResolver.asking(List.of(), hosts), loopback(), judge);
        try (ServerSocket server =
                tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> greet(server), "greeter");
            greeter.setDaemon(true);
            greeter.start();
            return run(connector, host, server.getLocalPort(), Optional.of(host))
                    .status();
        }
    }

    private Outcome run(Connector connector, String host, int port, Optional<String> tlsName) throws Exception {
        Destination destination = new Destination(new Target(host, AddressChoice.ONLY_IPV4), port, tlsName);
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Run.start(
                run -> connector.connect(
                        run,
                        destination,
                        connection -> run.finish(new Outcome.Available(describe(connection), Map.of()))),
                loops.next(),
                TIMEOUT,
                outcome::complete);
        return outcome.get(TIMEOUT.toSeconds() * 2, TimeUnit.SECONDS);
    }

    private static String describe(Connection connection) {
        InetSocketAddress remote = (InetSocketAddress) connection.channel().remoteAddress();
        return connection
                .certificate()
                .map(PeerCertificate::error)
                .orElse("connected to " + remote.getAddress().getHostAddress());
    }

    private static AddressPolicy loopback() {
        return new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")), List.of());
    }

    private static void greet(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write('!');
            int unused = client.getInputStream().read();
        } catch (IOException e) {
            // the probe has hung up
        }
    }
}
