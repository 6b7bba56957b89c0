package io.tidewatch.notifier.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.LoopbackServer;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.mail.TestCertificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through which proxy, and what that changes. */
final class ProxiesTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final AddressPolicy LOOPBACK = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")), List.of());
    private static final AddressPolicy STRICT = new AddressPolicy(List.of(), List.of());
    private static final Optional<String> LOGIN = Optional.of("tidewatch:s3cret-password");
    private static final String OK = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void carriesARequestToAReceiverWithoutTls(boolean asksWho) {
        try (SmallProxy proxy = new SmallProxy(asksWho ? LOGIN : Optional.empty());
                ScriptedReceiver receiver = ScriptedReceiver.answering(OK);
                OutgoingHttp http = http(LOOPBACK, proxy, asksWho, List.of())) {
            Attempt attempt = http.send(call(receiver.url()));

            assertThat(attempt).isEqualTo(Attempt.confirmed().through(proxy.url()));
            assertThat(proxy.carried()).containsExactly("POST " + receiver.url() + " HTTP/1.1");
            assertThat(proxy.refused()).hasSize(asksWho ? 1 : 0);
            assertThat(receiver.requests())
                    .singleElement()
                    .asString()
                    .startsWith("POST /hook/s3cret HTTP/1.1\n")
                    .doesNotContain("Proxy-")
                    .endsWith("\n{}");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @SuppressWarnings("try") // It is trusted as long as it is open.
    void tunnelsTlsToTheReceiver(boolean asksWho, @TempDir Path directory) throws Exception {
        TestCertificate certificate = TestCertificate.of(directory, "ip:127.0.0.1");
        List<String> requests = new CopyOnWriteArrayList<>();
        try (SmallProxy proxy = new SmallProxy(asksWho ? LOGIN : Optional.empty());
                LoopbackServer receiver = new LoopbackServer(
                        "tls-receiver", connection -> requests.add(answerOverTls(connection, certificate)));
                OutgoingHttp http = trusting(certificate, () -> http(LOOPBACK, proxy, asksWho, List.of()))) {
            Attempt attempt = http.send(call("https://127.0.0.1:" + receiver.port() + "/hook"));

            assertThat(attempt).isEqualTo(Attempt.confirmed().through(proxy.url()));
            assertThat(proxy.carried()).containsExactly("CONNECT 127.0.0.1:" + receiver.port() + " HTTP/1.1");
            assertThat(requests).containsExactly("POST /hook HTTP/1.1");
        }
    }

    /** @return the request line */
    private static String answerOverTls(Socket connection, TestCertificate certificate) throws IOException {
        SSLSocket secured = (SSLSocket)
                certificate.context().getSocketFactory().createSocket(connection, null, connection.getPort(), true);
        secured.setUseClientMode(false);
        BufferedReader in =
                new BufferedReader(new InputStreamReader(secured.getInputStream(), StandardCharsets.US_ASCII));
        String request = in.readLine();
        while (!in.readLine().isEmpty()) {
            // The headers are of no interest.
        }
        ScriptedReceiver.write(secured, OK);
        return request;
    }

    /** What the JVM trusts is read when a client is made. */
    private static OutgoingHttp trusting(TestCertificate certificate, Supplier<OutgoingHttp> made) {
        System.setProperty("javax.net.ssl.trustStore", certificate.store().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", TestCertificate.PASSWORD);
        try {
            return made.get();
        } finally {
            System.clearProperty("javax.net.ssl.trustStore");
            System.clearProperty("javax.net.ssl.trustStorePassword");
        }
    }

    @ParameterizedTest
    @CsvSource({"http://", "https://"})
    void waitsForWhoeverMendsTheLogin(String scheme) {
        try (SmallProxy proxy = new SmallProxy(Optional.of("tidewatch:another"));
                ScriptedReceiver receiver = ScriptedReceiver.answering(OK);
                OutgoingHttp http = http(LOOPBACK, proxy, true, List.of())) {
            Attempt attempt = http.send(call(receiver.url().replace("http://", scheme)));

            assertThat(attempt.result()).isEqualTo(Result.NOT_RECEIVED);
            assertThat(attempt.reason())
                    .isEqualTo("the proxy " + proxy.url() + " wants a user and a password, or others: status 407");
            assertThat(receiver.requests()).isEmpty();
        }
    }

    @Test
    void saysWhichProxyIsNotThere() {
        SmallProxy proxy = new SmallProxy(Optional.empty());
        proxy.close();
        try (OutgoingHttp http = http(LOOPBACK, proxy, false, List.of())) {
            Attempt attempt = http.send(call("http://127.0.0.1:1/hook"));

            assertThat(attempt.result()).isEqualTo(Result.NOT_RECEIVED);
            assertThat(attempt.reason()).isEqualTo("the proxy " + proxy.url() + ": no connection");
        }
    }

    /** A proxy inside could reach what we must not. */
    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1:1/x", "https://127.0.0.1:1/x", "http://localhost:1/x", "http://[::1]:1/x"})
    void sendsNoProxyToAForbiddenAddress(String url) {
        try (SmallProxy proxy = new SmallProxy(Optional.empty());
                OutgoingHttp http = http(STRICT, proxy, false, List.of())) {
            Attempt attempt = http.send(call(url));

            assertThat(attempt.result()).isEqualTo(Result.REFUSED);
            assertThat(attempt.reason()).endsWith(": its address must not be reached from here");
            assertThat(attempt.proxy()).isEmpty();
            assertThat(proxy.carried()).isEmpty();
        }
    }

    @Test
    void judgesTheAddressOfATenantsProxy() {
        try (SmallProxy proxy = new SmallProxy(Optional.empty());
                OutgoingHttp http = new OutgoingHttp(STRICT, OperatorProxy.NONE, DEADLINE, Clock.systemUTC())) {
            Attempt attempt =
                    http.send(call("http://192.88.98.1/hook").via(new ProxyChoice.Given(server(proxy, false))));

            assertThat(attempt.result()).isEqualTo(Result.REFUSED);
            assertThat(attempt.reason())
                    .isEqualTo("the proxy " + proxy.url() + ": its address must not be reached from here");
            assertThat(proxy.carried()).isEmpty();
        }
    }

    @Test
    void goesThroughTheTenantsProxyOrNoneInsteadOfTheOperators() {
        try (SmallProxy operators = new SmallProxy(Optional.empty());
                SmallProxy tenants = new SmallProxy(LOGIN);
                ScriptedReceiver receiver = ScriptedReceiver.answering(OK);
                OutgoingHttp http = http(LOOPBACK, operators, false, List.of())) {
            HttpCall call = call(receiver.url());

            assertThat(http.send(call.via(new ProxyChoice.Given(server(tenants, true)))))
                    .isEqualTo(Attempt.confirmed().through(tenants.url()));
            assertThat(http.send(call.via(ProxyChoice.NONE))).isEqualTo(Attempt.confirmed());

            assertThat(tenants.carried()).hasSize(1);
            assertThat(operators.carried()).isEmpty();
            assertThat(receiver.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"localhost", "127.0.0.0/8", "127.0.0.1", ".example.com"})
    void goesStraightToTheExceptions(String exception) {
        try (SmallProxy proxy = new SmallProxy(Optional.empty());
                ScriptedReceiver receiver = ScriptedReceiver.answering(OK);
                OutgoingHttp http = http(LOOPBACK, proxy, false, List.of(exception))) {
            String host = exception.equals("localhost") ? "localhost" : "127.0.0.1";
            Attempt attempt = http.send(call(receiver.url().replace("127.0.0.1", host)));

            boolean through = exception.startsWith(".");
            assertThat(attempt.result()).isEqualTo(Result.CONFIRMED);
            assertThat(attempt.proxy().isPresent()).isEqualTo(through);
            assertThat(proxy.carried()).hasSize(through ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "example.com,   example.com,     true",
        "example.com,   a.b.example.com, true",
        "example.com,   badexample.com,  false",
        ".example.com,  example.com,     false",
        ".example.com,  a.example.com,   true",
        "EXAMPLE.com,   example.com,     true",
    })
    void takesANameForAllBelowIt(String entry, String host, boolean excepted) {
        assertThat(new NoProxy(List.of(entry)).has(host)).isEqualTo(excepted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "a b", "http://example.com", "example.com:80", "10.0.0.0/33", "1.2.3.4.5"})
    void refusesExceptionsThatAreNone(String entry) {
        assertThatThrownBy(() -> new NoProxy(List.of(entry))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsNoPassword() {
        try (SmallProxy proxy = new SmallProxy(LOGIN)) {
            assertThat(server(proxy, true).toString()).doesNotContain("s3cret");
            assertThat(server(proxy, true).name()).isEqualTo(proxy.url());
        }
    }

    private static OutgoingHttp http(AddressPolicy policy, SmallProxy proxy, boolean login, List<String> exceptions) {
        return new OutgoingHttp(
                policy,
                new OperatorProxy(Optional.of(server(proxy, login)), new NoProxy(exceptions)),
                DEADLINE,
                Clock.systemUTC());
    }

    private static ProxyServer server(SmallProxy proxy, boolean login) {
        return new ProxyServer(
                HttpUrl.parse(proxy.url()),
                login ? Optional.of(new ProxyServer.Login("tidewatch", "s3cret-password")) : Optional.empty());
    }

    private static HttpCall call(String url) {
        return HttpCall.post(HttpUrl.parse(url), Map.of("Content-Type", "application/json"), "{}");
    }
}
