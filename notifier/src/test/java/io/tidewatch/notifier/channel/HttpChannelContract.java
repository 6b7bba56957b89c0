package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.channel.HttpReceiver.Reply;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.http.OperatorProxy;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every channel that speaks HTTP does. Whatever has {@code s3cret} in it is a secret. */
abstract class HttpChannelContract extends ChannelContract {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final AlarmLinks LINKS = new AlarmLinks(Optional.of("https://tidewatch.example/"));
    private static final AddressPolicy LOOPBACK = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")), List.of());

    final HttpReceiver receiver = new HttpReceiver();
    private final OutgoingHttp http = http(LOOPBACK, Duration.ofSeconds(30));

    /** @param base of the receiver's URL, also for channels that have a fixed one otherwise */
    abstract Channel channel(OutgoingHttp over, String base);

    abstract Map<String, Object> details(String base);

    /** @throws AssertionError when it is not what the receiver understands */
    abstract Told read(Received request) throws Exception;

    @AfterEach
    void close() {
        http.close();
        receiver.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void isConfirmedByASuccess(int status) {
        receiver.answer(status, Map.of(), "");

        assertThat(send(MessageKind.PROBLEM, State.CRITICAL)).isEqualTo(Attempt.confirmed());
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void nobodyKnowsWhatAServerThatFailsHasTaken() {
        receiver.answer(500, Map.of(), "out of paper");

        Attempt attempt = send(MessageKind.PROBLEM, State.CRITICAL);

        assertThat(attempt.result()).isEqualTo(Result.UNKNOWN);
        assertThat(attempt.reason()).endsWith("status 500: out of paper");
    }

    @Test
    void waitsForAReceiverThatIsBusy() {
        receiver.answer(429, Map.of("Retry-After", "120"), "");

        Attempt attempt = send(MessageKind.PROBLEM, State.CRITICAL);

        assertThat(attempt.result()).isEqualTo(Result.NOT_RECEIVED);
        assertThat(attempt.notBefore()).contains(Deliveries.NOW.plusSeconds(120));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 410, 413})
    void isRefusedByWhatDoesNotWantIt(int status) {
        receiver.answer(status, Map.of("Location", receiver.url()), "");

        assertThat(send(MessageKind.PROBLEM, State.CRITICAL).result()).isEqualTo(Result.REFUSED);
        assertThat(receiver.received()).hasSize(1);
    }

    @Test
    void doesNotWaitForEver() {
        receiver.hang();
        try (OutgoingHttp hasty = http(LOOPBACK, Duration.ofMillis(500))) {
            Attempt attempt = attempt(hasty, receiver.url());

            assertThat(attempt.result()).isEqualTo(Result.UNKNOWN);
            assertThat(attempt.reason())
                    .contains("no whole answer within 500 ms")
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void reachesNoForbiddenAddress() {
        try (OutgoingHttp strict = http(new AddressPolicy(List.of(), List.of()), Duration.ofSeconds(30))) {
            Attempt attempt = attempt(strict, receiver.url());

            assertThat(attempt.result()).isEqualTo(Result.REFUSED);
            assertThat(attempt.reason()).contains("must not be reached").doesNotContain("s3cret");
            assertThat(receiver.received()).isEmpty();
        }
    }

    /** A receiver that shows what it was sent must not make us show it to whoever reads the history. */
    @ParameterizedTest
    @ValueSource(ints = {400, 429, 500})
    void tellsNoSecretThatTheReceiverTells(int status) {
        for (int part = 0; part < 3; part++) {
            int which = part;
            receiver.answer(request -> new Reply(status, Map.of(), echo(request, which)));

            assertThat(send(MessageKind.PROBLEM, State.CRITICAL).reason())
                    .contains("status " + status)
                    .doesNotContain("s3cret");
        }
    }

    @Test
    void tellsNoSecretInAnyOtherText() {
        assertThat(details().toString()).doesNotContain("s3cret");
        assertThat(channel().toString()).doesNotContain("s3cret");
        assertThat(attempt(http, nobody()).reason()).doesNotContain("s3cret").isNotEmpty();
        assertThat(attempt(http, "http://nowhere.invalid").reason())
                .doesNotContain("s3cret")
                .isNotEmpty();
    }

    private static String echo(Received request, int part) {
        return switch (part) {
            case 0 -> "no such path: " + request.path();
            case 1 ->
                "these headers: "
                        + request.headers().toString().replaceAll("(?i)(accept-encoding|content-|user-agent)[^,]*", "");
            default -> "unknown key: " + request.body().replaceAll(".*\"routing_key\"", "");
        };
    }

    private Attempt attempt(OutgoingHttp over, String base) {
        return channel(over, base)
                .send(
                        Deliveries.of(MessageKind.PROBLEM, State.CRITICAL),
                        new ChannelDetails(details(base)),
                        Deliveries.NOW);
    }

    @Override
    final Channel channel() {
        return channel(http, receiver.url());
    }

    @Override
    final ChannelDetails details() {
        return new ChannelDetails(details(receiver.url()));
    }

    @Override
    final Attempt toNobody() {
        return attempt(http, nobody());
    }

    @Override
    final List<Told> received() {
        return receiver.received().stream().map(this::understood).toList();
    }

    private Told understood(Received request) {
        try {
            assertThat(request.headers()).containsEntry("Content-Type", "application/json");
            assertThat(request.headers()).containsEntry("User-Agent", "Tidewatch");
            assertThat(request.headers()).doesNotContainKey("X-Injected");
            return read(request);
        } catch (Exception e) {
            throw new AssertionError("not understood: " + request, e);
        }
    }

    static JsonNode json(Received request) throws IOException {
        return JSON.readTree(request.body());
    }

    /** A port that nobody listens on any more. */
    static String nobody() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutgoingHttp http(AddressPolicy policy, Duration deadline) {
        return new OutgoingHttp(policy, OperatorProxy.NONE, deadline, Clock.fixed(Deliveries.NOW, ZoneOffset.UTC));
    }
}
