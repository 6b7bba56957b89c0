package io.tidewatch.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tidewatch.serde.InMemorySchemaRegistry;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.CommonClientConfigs;
import org.junit.jupiter.api.Test;

/** What is right and wrong with topics of a real broker is tested where there is one. */
final class RequiredTopicsTest {
    @Test
    void waitsForABrokerThatIsAwayUntilItIsClosed() throws IOException {
        RequiredTopics topics = new RequiredTopics(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + closedPort()),
                new InMemorySchemaRegistry(),
                TopicNames.withDefaultPrefix(),
                Set.of(Topic.CHECKS),
                Set.of());

        CompletableFuture<Void> waiting = CompletableFuture.runAsync(topics::await);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(topics.waitingBecause())
                        .hasValueSatisfying(reason -> assertThat(reason).startsWith("Kafka does not answer")));
        topics.close();

        assertThatThrownBy(waiting::join)
                .cause()
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("Closed before");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
