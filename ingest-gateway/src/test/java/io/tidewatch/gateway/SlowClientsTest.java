package io.tidewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that hold connections, and what others notice of it. All are on one machine: strangers come from 127.0.0.2. */
class SlowClientsTest {
    /** More than the HTTP server has threads, which are 250. */
    private static final int STRANGERS = 300;

    /** What everybody else waits at most. Source: the judge of this project's own fuzz. */
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private static final int STRANGER = 2;
    private static final String POST = "POST /v1.0/stranger/entities HTTP/1.1\r\nHost: a\r\n";
    private static final String GET = "GET /v1.0/acme/entities HTTP/1.1\r\nHost: a\r\n";
    private static final String BODY = "{\"label\": \"web\"}";
    private static final String PATIENCE_MS = "http.patience.ms";

    private final List<RawConnection> strangers = new ArrayList<>();
    private RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.timeSeries.goOn();
        api.log.goOn();
        strangers.forEach(RawConnection::close);
        api.close();
    }

    /** Fault: bodies were waited for by the server's threads, and 300 of them kept everybody out. */
    @Test
    void slowBodiesKeepNobodyOut() {
        for (int index = 0; index < STRANGERS; index++) {
            stranger()
                    .send(POST
                            + (index % 2 == 0
                                    ? "Content-Length: 1000\r\n\r\n{"
                                    : "Transfer-Encoding: chunked\r\n\r\n3e8\r\n{"));
        }

        assertOthersAreServed();
    }

    @Test
    void slowHeadersKeepNobodyOut() {
        for (int index = 0; index < STRANGERS; index++) {
            stranger().send(POST + "X-Slow: ");
        }

        assertOthersAreServed();
    }

    /** Fault: answers were written by the server's threads, which waited for their readers. */
    @Test
    void slowReadersKeepNobodyOut() {
        String label = "x".repeat(255);
        for (int index = 0; index < 200; index++) {
            api.create("/entities", "{\"label\": \"" + label + "\", \"uri\": \"" + "u".repeat(2_000) + "\"}");
        }
        for (int index = 0; index < STRANGERS; index++) {
            stranger().send((GET.replace("entities", "entities?limit=200") + "\r\n").repeat(20));
        }

        assertOthersAreServed();
    }

    @Test
    void endsABodyThatComesTooSlowly() {
        restart(Map.of(PATIENCE_MS, "300"));
        RawConnection stranger = stranger();
        stranger.send(POST + "Content-Type: application/json\r\nContent-Length: 17\r\n\r\n{");

        String answer = stranger.readAll();

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("{\"type\":\"badRequest\",\"code\":408,");
        assertThat(api.log.entries()).isEmpty();
    }

    @Test
    void endsABodyThatComesByteByByte() {
        restart(Map.of(PATIENCE_MS, "300"));
        RawConnection stranger = stranger();
        stranger.send(POST + "Content-Type: application/json\r\nContent-Length: 1000000\r\n\r\n");

        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> isRefused(stranger, " "));

        assertThat(api.meters
                        .counter("tidewatch.gateway.refused", "reason", "slow")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void endsHeadersThatComeByteByByte() {
        restart(Map.of(PATIENCE_MS, "200"));
        RawConnection stranger = stranger();
        stranger.send(POST + "X-Slow: ");

        Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> isRefused(stranger, "x"));

        assertThat(api.meters
                        .counter("tidewatch.gateway.refused", "reason", "slow")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void waitsForABodyThatKeepsItsPace() {
        restart(Map.of(PATIENCE_MS, "1000"));
        String body = BODY + " ".repeat(200_000);
        RawConnection steady = stranger();
        steady.send(POST + "Content-Type: application/json\r\nConnection: close\r\nContent-Length: " + body.length()
                + "\r\n\r\n");
        steady.send(body.substring(0, 100_000));
        Awaitility.await().pollDelay(Duration.ofMillis(2_500)).until(() -> true);
        steady.send(body.substring(100_000));

        assertThat(steady.readAll()).startsWith("HTTP/1.1 201 ");
    }

    @Test
    void boundsTheConnectionsOfAnAddress() {
        restart(Map.of("http.connections.address.max", "3"));
        for (int index = 0; index < 3; index++) {
            stranger();
        }
        Awaitility.await().until(() -> stranger().readSome(1).isEmpty());

        assertOthersAreServed();

        strangers.get(0).close();
        Awaitility.await().until(() -> {
            RawConnection again = stranger();
            again.send(GET + "Connection: close\r\n\r\n");
            return again.readSome(1).equals("H");
        });
    }

    @Test
    void boundsTheConnectionsOfAll() {
        restart(Map.of("http.connections.max", "3"));
        for (int index = 0; index < 3; index++) {
            stranger();
        }

        Awaitility.await().until(() -> stranger().readSome(1).isEmpty());

        assertThat(api.meters
                        .counter("tidewatch.gateway.refused", "reason", "connections")
                        .count())
                .isPositive();
    }

    /** Fault: 300 writers while Kafka stalled delayed a read from memory by 9 s. */
    @Test
    void writersOfOneTenantThatWaitForKafkaDelayNoReader() {
        restart(Map.of(GatewayConfig.WRITE_TIMEOUT_MS, "10000"));
        String entity = api.createEntity();
        api.log.stall();
        for (int index = 0; index < STRANGERS; index++) {
            stranger()
                    .send(POST + "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n"
                            + BODY);
        }

        assertReadersAreServed(entity);
    }

    /** As above, of as many tenants as there are writers. */
    @Test
    void writersOfManyTenantsThatWaitForKafkaDelayNoReader() {
        restart(Map.of(GatewayConfig.WRITE_TIMEOUT_MS, "10000"));
        String entity = api.createEntity();
        api.log.stall();
        for (int index = 0; index < STRANGERS; index++) {
            stranger()
                    .send(POST.replace("stranger", "stranger" + index)
                            + "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY);
        }

        assertReadersAreServed(entity);
    }

    /** Fault: readers that waited for Cassandra starved all others. */
    @Test
    void readersThatWaitForCassandraDelayNoOther() {
        String entity = api.createEntity();
        api.timeSeries.stall();
        for (int index = 0; index < STRANGERS; index++) {
            stranger().send(GET.replace("entities", "changelogs/alarms") + "\r\n");
        }

        assertReadersAreServed(entity);
        assertWithinAMoment(api::createEntity);
    }

    private void restart(Map<String, String> settings) {
        api.close();
        api = new RunningApi(settings);
    }

    private RawConnection stranger() {
        RawConnection stranger = new RawConnection(STRANGER, api.port());
        strangers.add(stranger);
        return stranger;
    }

    private void assertOthersAreServed() {
        for (int index = 0; index < 5; index++) {
            assertWithinAMoment(api::createEntity);
        }
        assertReadersAreServed(api.createEntity());
    }

    /** Asked many times, as the strangers' requests get through one by one. */
    private void assertReadersAreServed(String entity) {
        for (int index = 0; index < 50; index++) {
            assertWithinAMoment(
                    () -> assertThat(api.get("/entities/" + entity).status()).isEqualTo(200));
        }
    }

    private static void assertWithinAMoment(Runnable request) {
        long begin = System.nanoTime();
        request.run();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(MOMENT);
    }

    private static boolean isRefused(RawConnection connection, String text) {
        try {
            connection.send(text);
            return false;
        } catch (java.io.UncheckedIOException e) {
            return true;
        }
    }
}
