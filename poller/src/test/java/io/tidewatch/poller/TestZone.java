package io.tidewatch.poller;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.checks.field.Details;
import io.tidewatch.poller.connection.Connector;
import io.tidewatch.poller.connection.ProbeLoops;
import io.tidewatch.poller.probe.CheckTarget;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.poller.probe.Probe;
import io.tidewatch.poller.probe.ProbeType;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.poller.target.DnsResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The part of a zone that probes need, for tests: real event loops and sockets, names from a hosts file of its own, and one
 * name server that never answers.
 */
public final class TestZone implements AutoCloseable {
    private final DatagramSocket silentNameServer;
    private final Path hosts;
    private final ProbeLoops loops = new ProbeLoops(1);
    private final Connector connector;

    private TestZone(List<String> allowed, List<String> hostsLines) {
        try {
            silentNameServer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            hosts = Files.write(Files.createTempFile("hosts", ""), hostsLines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        InetSocketAddress nameServer =
                new InetSocketAddress(silentNameServer.getLocalAddress(), silentNameServer.getLocalPort());
        AddressPolicy policy =
                new AddressPolicy(allowed.stream().map(Cidr::parse).toList(), List.of());
        connector = new Connector(loops, DnsResolver.asking(List.of(nameServer), hosts), policy);
    }

    /** A zone whose policy allows the given ranges. */
    public static TestZone allowing(String... ranges) {
        return new TestZone(List.of(ranges), List.of());
    }

    /** A zone that allows loopback, and knows names by lines as a hosts file has them. */
    public static TestZone withHosts(String... lines) {
        return new TestZone(List.of("127.0.0.0/8", "::1/128"), Stream.of(lines).toList());
    }

    public Connector connector() {
        return connector;
    }

    public ProbeLoops loops() {
        return loops;
    }

    /**
     * Makes a probe of details as the gateway stores them, runs it, and waits for what comes of it. What it measured has to be
     * declared.
     */
    public Outcome run(ProbeType type, Map<String, Object> details, CheckTarget target, Duration timeout)
            throws Exception {
        Details stored = new Details(type.declaration().stored(details));
        Outcome outcome = run(type.factory().probe(stored, target), timeout);
        assertThat(outcome.metrics().keySet()).allMatch(type.declaration()::mayHave);
        return outcome;
    }

    /** Runs a probe and waits for what comes of it, a moment longer than the run may take. */
    public Outcome run(Probe probe, Duration timeout) throws Exception {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Run.start(probe, loops.next(), timeout, outcome::complete);
        return outcome.get(timeout.plusSeconds(5).toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() throws IOException {
        loops.close();
        silentNameServer.close();
        Files.delete(hosts);
    }
}
