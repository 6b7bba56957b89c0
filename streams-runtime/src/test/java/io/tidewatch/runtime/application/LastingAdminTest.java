package io.tidewatch.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LastingAdminTest {
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicLong nanoTime = new AtomicLong();
    private final LastingAdmin admin = new LastingAdmin(
            Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1"),
            client -> {
                made.incrementAndGet();
                return Admin.create(client);
            },
            nanoTime::get);

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void isMadeAnewWhenItHasNotAnsweredForThirtySeconds() {
        fail();
        nanoTime.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
        fail();
        fail();
        assertThat(made).hasValue(1);

        nanoTime.incrementAndGet();
        fail();
        fail();

        assertThat(made).hasValue(2);
    }

    @Test
    void staysWhenItAnswersInBetween() {
        fail();
        KafkaFutureImpl<String> answer = new KafkaFutureImpl<>();
        answer.complete("here");
        String answered = admin.ask(kafka -> answer);
        assertThat(answered).isEqualTo("here");
        nanoTime.addAndGet(Duration.ofSeconds(30).toNanos());
        fail();
        fail();

        assertThat(made).hasValue(1);
    }

    private void fail() {
        KafkaFutureImpl<String> failure = new KafkaFutureImpl<>();
        failure.completeExceptionally(new IllegalStateException("away"));
        assertThatThrownBy(() -> admin.ask(kafka -> failure)).hasMessageStartingWith("Kafka does not answer");
    }
}
