package io.tidewatch.poller.remote.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.tidewatch.poller.TestZone;
import io.tidewatch.poller.connection.SelfSigned;
import io.tidewatch.poller.probe.CheckTarget;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Outcome.Available;
import io.tidewatch.poller.probe.Outcome.Unavailable;
import io.tidewatch.poller.probe.Outcomes;
import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.schema.FailureKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsProbeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    @Test
    void measuresACertificateAndRecordsThatNobodyVouchesForIt(@TempDir Path directory) throws Exception {
        SSLContext tls = SelfSigned.context(directory, "dns:web.test,ip:127.0.0.1", 30, "-10d");

        Outcome outcome = ask(tls, "web.test", Clock.systemUTC());

        assertThat(outcome).isInstanceOf(Available.class);
        Map<String, Object> values = Outcomes.values(outcome);
        long now = Instant.now().getEpochSecond();
        assertThat(values)
                .containsEntry("code", "200")
                .containsEntry("cert_subject", "CN=web.test,O=Tidewatch")
                .containsEntry("cert_issuer", "CN=web.test,O=Tidewatch")
                .containsEntry("cert_subject_alternative_names", "web.test, 127.0.0.1");
        assertThat((Long) values.get("cert_start")).isBetween(now - 10 * DAY_SECONDS - 60, now - 10 * DAY_SECONDS + 60);
        assertThat((Long) values.get("cert_end")).isBetween(now + 20 * DAY_SECONDS - 60, now + 20 * DAY_SECONDS + 60);
        assertThat((Long) values.get("cert_end_in")).isBetween(20 * DAY_SECONDS - 60, 20 * DAY_SECONDS + 60);
        assertThat((String) values.get("cert_error")).contains("unable to find valid certification path");
    }

    @Test
    void countsTheSecondsToTheEndOnTheClockItWasGiven(@TempDir Path directory) throws Exception {
        SSLContext tls = SelfSigned.context(directory, "dns:web.test", 30, "-10d");
        Clock inAMonth = Clock.fixed(Instant.now().plus(Duration.ofDays(30)), ZoneOffset.UTC);

        Outcome outcome = ask(tls, "web.test", inAMonth);

        assertThat((Long) Outcomes.values(outcome).get("cert_end_in")).isNegative();
    }

    @Test
    void isAvailableWithAnExpiredCertificate(@TempDir Path directory) throws Exception {
        SSLContext tls = SelfSigned.context(directory, "dns:web.test", 5, "-10d");

        Outcome outcome = ask(tls, "web.test", Clock.systemUTC());

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat((String) Outcomes.values(outcome).get("cert_error")).isNotEmpty();
        assertThat((Long) Outcomes.values(outcome).get("cert_end_in")).isNegative();
    }

    @Test
    void reportsAServerThatSpeaksNoTls() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread greeter = new Thread(() -> greet(plain), "greeter");
            greeter.start();

            Outcome outcome = ask("web.test", plain.getLocalPort(), Clock.systemUTC(), TIMEOUT);

            assertThat(((Unavailable) outcome).kind()).isEqualTo(FailureKind.TLS_ERROR);
            assertThat(outcome.status()).startsWith("the TLS handshake failed");
            greeter.join();
        }
    }

    @Test
    void namesTheTimeoutOfAHandshake() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = ask("web.test", silent.getLocalPort(), Clock.systemUTC(), Duration.ofSeconds(1));

            assertThat(((Unavailable) outcome).kind()).isEqualTo(FailureKind.TLS_TIMEOUT);
        }
    }

    private static void greet(ServerSocket server) {
        try (Socket client = server.accept()) {
            client.getOutputStream().write("220 not TLS\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Outcome ask(SSLContext tls, String host, Clock clock) throws Exception {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            return ask(host, server.getAddress().getPort(), clock, TIMEOUT);
        } finally {
            server.stop(0);
        }
    }

    private static Outcome ask(String host, int port, Clock clock, Duration timeout) throws Exception {
        try (TestZone zone = TestZone.withHosts("127.0.0.1 web.test")) {
            return zone.run(
                    HttpProbe.type(zone.connector(), Runnable::run, clock),
                    Map.of("url", "https://" + host + ":" + port + "/"),
                    CheckTarget.unknown(AddressChoice.PREFER_IPV4),
                    timeout);
        }
    }
}
