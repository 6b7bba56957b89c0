package io.tidewatch.poller.remote.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.poller.TestZone;
import io.tidewatch.poller.connection.SelfSigned;
import io.tidewatch.poller.probe.CheckTarget;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Outcome.Available;
import io.tidewatch.poller.probe.Outcome.Unavailable;
import io.tidewatch.poller.probe.Outcomes;
import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.FailureKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TcpProbeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final TestZone zone = TestZone.withHosts("127.0.0.1 mail.test");

    /** What a server does with its first client. */
    private interface Manners {
        void receive(Socket client) throws IOException;
    }

    @AfterEach
    void stop() throws IOException {
        zone.close();
    }

    @Test
    void measuresAConnection() throws Exception {
        Outcome outcome = run(client -> client.getInputStream().read(), Map.of(), TIMEOUT);

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat(outcome.status()).matches("connected,rt=[0-9]+\\.[0-9]{3}s");
        assertThat(Outcomes.units(outcome)).isEqualTo(Map.of("duration", "milliseconds", "tt_connect", "milliseconds"));
    }

    @Test
    void matchesTheBannerAndWhatFollows() throws Exception {
        Outcome outcome = run(
                client -> say(client, "220 mail.test ESMTP 4.9\r\n250 hello\r\n"),
                Map.of("banner_match", "^220 (\\S+)", "body_match", "^250"),
                TIMEOUT);

        assertThat(outcome.status()).startsWith("connected,banner_match=matched,body_match=matched,rt=");
        assertThat(Outcomes.values(outcome))
                .containsEntry("banner", "220 mail.test ESMTP 4.9")
                .containsEntry("banner_match", "mail.test")
                .containsEntry("body_match", "250")
                .containsKey("tt_firstbyte");
    }

    @Test
    void isAvailableWithAnEmptyMatchWhenSomethingElseIsSaid() throws Exception {
        Outcome outcome = run(client -> say(client, "554 no\r\n"), Map.of("banner_match", "^220"), TIMEOUT);

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat(outcome.status()).contains("banner_match=failed");
        assertThat(Outcomes.values(outcome)).containsEntry("banner", "554 no").containsEntry("banner_match", "");
    }

    @Test
    void speaksFirstAndCutsWhatItFinds() throws Exception {
        Outcome outcome = run(
                client -> {
                    byte[] heard = client.getInputStream().readNBytes(6);
                    say(client, "+" + new String(heard, StandardCharsets.UTF_8).strip() + "z".repeat(100));
                },
                Map.of("send_body", "PING\r\n", "body_match", "PINGz+"),
                TIMEOUT);

        assertThat(Outcomes.values(outcome)).containsEntry("body_match", "PING" + "z".repeat(76));
    }

    @Test
    void recognizesABannerWithoutAnEndOfLine() throws Exception {
        Outcome outcome = run(
                client -> {
                    say(client, "SSH-2.0-x");
                    client.getInputStream().read();
                },
                Map.of("banner_match", "SSH-([0-9.]+)"),
                TIMEOUT);

        assertThat(Outcomes.values(outcome))
                .containsEntry("banner", "SSH-2.0-x")
                .containsEntry("banner_match", "2.0");
    }

    @Test
    void takesWhatHasComeAtTheDeadline() throws Exception {
        Outcome outcome = run(
                client -> {
                    say(client, "half a li");
                    client.getInputStream().read();
                },
                Map.of("banner_match", "whole"),
                SHORT);

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat(Outcomes.values(outcome))
                .containsEntry("banner", "half a li")
                .containsEntry("banner_match", "");
    }

    @Test
    void isNotAvailableWhenNothingIsSaidInTime() throws Exception {
        Outcome outcome = run(client -> client.getInputStream().read(), Map.of("banner_match", "220"), SHORT);

        assertThat(outcome).isEqualTo(new Unavailable(FailureKind.READ_TIMEOUT, "no banner came", Map.of()));
    }

    @Test
    void isNotAvailableWhenTheTargetHangsUp() throws Exception {
        Outcome outcome = run(client -> {}, Map.of("body_match", "220"), TIMEOUT);

        assertThat(outcome).isEqualTo(new Unavailable(FailureKind.PROTOCOL_ERROR, "no body came", Map.of()));
    }

    @Test
    void reportsARefusedConnection() throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        int closedPort = server.getLocalPort();
        server.close();

        Outcome outcome = run(closedPort, Map.of(), TIMEOUT);

        assertThat(outcome).isEqualTo(new Unavailable(FailureKind.CONNECT_REFUSED, "connection refused", Map.of()));
    }

    @Test
    void speaksTls(@TempDir Path directory) throws Exception {
        ServerSocket server = SelfSigned.context(directory, "dns:mail.test", 30, "-1d")
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());

        Outcome outcome = run(
                server, client -> say(client, "* OK ready\r\n"), Map.of("ssl", true, "banner_match", "OK"), TIMEOUT);

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat(Outcomes.values(outcome))
                .containsEntry("banner", "* OK ready")
                .containsEntry("cert_subject_alternative_names", "mail.test");
    }

    private Outcome run(Manners manners, Map<String, Object> details, Duration timeout) throws Exception {
        return run(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), manners, details, timeout);
    }

    private Outcome run(ServerSocket server, Manners manners, Map<String, Object> details, Duration timeout)
            throws Exception {
        try (server) {
            Thread host = new Thread(() -> serve(server, manners), "target");
            host.setDaemon(true);
            host.start();
            return run(server.getLocalPort(), details, timeout);
        }
    }

    private Outcome run(int port, Map<String, Object> details, Duration timeout) throws Exception {
        Map<String, Object> withPort = new HashMap<>(details);
        withPort.put("port", (long) port);
        Target target = new Target("mail.test", AddressChoice.PREFER_IPV4);
        return zone.run(TcpProbe.type(zone.connector(), Clock.systemUTC()), withPort, CheckTarget.of(target), timeout);
    }

    private static void serve(ServerSocket server, Manners manners) {
        try (Socket client = server.accept()) {
            manners.receive(client);
        } catch (IOException e) {
            // the probe has hung up
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }
}
