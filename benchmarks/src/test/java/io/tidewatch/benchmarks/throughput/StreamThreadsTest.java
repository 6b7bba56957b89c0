package io.tidewatch.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StreamThreadsTest {
    @Test
    void aStreamThreadIsTheApplications() {
        assertThat(StreamThreads.isOf("tidewatch-alarms", "tidewatch-alarms-8bd1-StreamThread-12"))
                .isTrue();
        assertThat(StreamThreads.isOf("other", "tidewatch-alarms-8bd1-StreamThread-1"))
                .isFalse();
    }

    @Test
    void threadsOfItsClientsAreNot() {
        assertThat(StreamThreads.isOf(
                        "tidewatch-alarms",
                        "kafka-producer-network-thread | tidewatch-alarms-8bd1-StreamThread-1-producer"))
                .isFalse();
        assertThat(StreamThreads.isOf("tidewatch-alarms", "tidewatch-alarms-8bd1-StreamThread-1-restore"))
                .isFalse();
    }
}
