package io.tidewatch.poller.remote.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tidewatch.poller.TestZone;
import io.tidewatch.poller.probe.CheckTarget;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Outcome.Available;
import io.tidewatch.poller.probe.Outcome.Unavailable;
import io.tidewatch.poller.probe.Outcomes;
import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.FailureKind;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PingProbeTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final TestZone zone = TestZone.allowing("127.0.0.0/8", "::1/128", "240.0.0.0/4");
    private final Pinger pinger = Pinger.open();

    @AfterEach
    void stop() throws Exception {
        pinger.close();
        zone.close();
    }

    @Test
    void measuresTheRoundTripsOfLoopback() throws Exception {
        assumeIcmp("127.0.0.1");

        Outcome outcome = ping("127.0.0.1", 3, TIMEOUT);

        assertThat(outcome).isInstanceOf(Available.class);
        assertThat(outcome.status()).matches("cnt=3,avail=100,min=[0-9.]+ms,max=[0-9.]+ms,avg=[0-9.]+ms");
        Map<String, Object> values = Outcomes.values(outcome);
        assertThat(values).containsEntry("count", 3L).containsEntry("available", 100.0);
        assertThat((Double) values.get("minimum")).isPositive().isLessThanOrEqualTo((Double) values.get("average"));
        assertThat((Double) values.get("average")).isLessThanOrEqualTo((Double) values.get("maximum"));
        assertThat(Outcomes.units(outcome))
                .isEqualTo(Map.of(
                        "count", "packets",
                        "available", "percent",
                        "minimum", "milliseconds",
                        "average", "milliseconds",
                        "maximum", "milliseconds"));
    }

    @Test
    void measuresTheRoundTripsOfIpv6Loopback() throws Exception {
        assumeIcmp("::1");

        Outcome outcome = ping("::1", 2, TIMEOUT);

        assertThat(Outcomes.values(outcome)).containsEntry("count", 2L).containsEntry("available", 100.0);
    }

    @Test
    void isNotAvailableWithoutAReply() throws Exception {
        assumeIcmp("127.0.0.1");

        // Reserved space: the kernel knows no way there, or nothing answers.
        Outcome outcome = ping("240.0.0.1", 2, Duration.ofMillis(400));

        assertThat(((Unavailable) outcome).kind()).isEqualTo(FailureKind.READ_TIMEOUT);
        assertThat(outcome.status()).isEqualTo("cnt=2,avail=0: no reply");
        assertThat(Outcomes.values(outcome)).isEqualTo(Map.of("count", 2L, "available", 0.0));
    }

    @Test
    void doesNotRunWithoutASocket() throws Exception {
        try (Pinger unprivileged = Pinger.with(Map.of())) {
            Target target = new Target("127.0.0.1", AddressChoice.PREFER_IPV4);

            Outcome outcome =
                    zone.run(PingProbe.type(zone.connector(), unprivileged), Map.of(), CheckTarget.of(target), TIMEOUT);

            assertThat(((Unavailable) outcome).kind()).isEqualTo(FailureKind.NOT_RUN);
            assertThat(outcome.status()).contains("CAP_NET_RAW").contains("net.ipv4.ping_group_range");
        }
    }

    /** Without that thread, every later ping would count as lost, and healthy machines as gone. */
    @Test
    void isDeadWhenTheThreadOfRepliesBroke() throws Exception {
        assumeIcmp("127.0.0.1");
        assertThat(pinger.deadBecause()).isEmpty();

        long unused = pinger.echo(InetAddress.getLoopbackAddress(), 1, nanos -> {
            throw new IllegalStateException("a bug");
        });

        await().untilAsserted(() -> assertThat(pinger.deadBecause())
                .hasValue("receiving echo replies broke: java.lang.IllegalStateException: a bug"));
    }

    @Test
    void deniesATargetThatIsNotAllowed() throws Exception {
        Outcome outcome = ping("10.0.0.1", 1, TIMEOUT);

        assertThat(((Unavailable) outcome).kind()).isEqualTo(FailureKind.POLICY_DENIED);
    }

    private void assumeIcmp(String address) throws Exception {
        assumeTrue(
                pinger.canReach(InetAddress.getByName(address)),
                "needs CAP_NET_RAW or net.ipv4.ping_group_range, and the address family");
    }

    private Outcome ping(String host, int count, Duration timeout) throws Exception {
        Target target = new Target(host, AddressChoice.PREFER_IPV4);
        return zone.run(
                PingProbe.type(zone.connector(), pinger),
                Map.of("count", (long) count),
                CheckTarget.of(target),
                timeout);
    }
}
