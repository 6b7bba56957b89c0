package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedBroker;
import io.tidewatch.standalone.servers.EmbeddedRegistry;
import io.tidewatch.standalone.servers.EmbeddedServer;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerException;
import io.tidewatch.standalone.servers.ServerPorts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServers.class)
final class EmbeddedServersIT {
    private static final int CONNECT_WITHIN_MS = 2_000;

    @Test
    void theBrokerHasTheVersionOfOurClients(EmbeddedServers servers) throws IOException {
        String log = Files.readString(servers.broker().log());

        assertThat(log).contains("Kafka version: " + AppInfoParser.getVersion());
    }

    @Test
    void listenOnTheLoopbackAddressOnly(EmbeddedServers servers) throws IOException {
        List<Inet4Address> others = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .map(Inet4Address.class::cast)
                .toList();

        for (EmbeddedServer server : servers.all()) {
            for (int port : server.ports()) {
                for (InetAddress other : others) {
                    assertThatThrownBy(() -> connect(new InetSocketAddress(other, port)))
                            .as("%s on port %s of %s", server.name(), port, other)
                            .isInstanceOf(ConnectException.class);
                }
            }
        }
    }

    @Test
    void aTakenPortIsNamed(@TempDir Path directory) throws IOException {
        ServerPorts ports = ServerPorts.free();
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedServers servers = new EmbeddedServers(data, ports);
                ServerSocket taken = new ServerSocket(ports.registry(), 1, InetAddress.getLoopbackAddress())) {

            assertThatThrownBy(() -> servers.start(server -> {}))
                    .isInstanceOf(ServerException.class)
                    .hasMessage(
                            "Port " + taken.getLocalPort() + ", which the registry needs, is taken by another program."
                                    + " Choose another with --port-base N.");
            assertThat(servers.all()).noneMatch(EmbeddedServer::isRunning);
        }
    }

    @Test
    void aServerThatEndsWhileItStartsShowsTheEndOfItsLog(@TempDir Path directory) throws IOException {
        Path log = Files.createDirectories(directory.resolve("broker/log"));
        Files.writeString(log.resolve("meta.properties"), "version=1\ncluster.id=other\nnode.id=7\n");
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedBroker broker = new EmbeddedBroker(data, ServerPorts.free())) {

            assertThatThrownBy(broker::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessageStartingWith(
                            "The broker ended with exit code 1 while it was starting. The end of its log, "
                                    + broker.log() + ":")
                    .hasMessageContaining("Stored node id 7 doesn't match previous node id 1");
            assertThat(broker.isRunning()).isFalse();
        }
    }

    @Test
    void aClosedServerDoesNotStartAgain(@TempDir Path directory) {
        try (DataDirectory data = DataDirectory.open(directory)) {
            EmbeddedRegistry registry = new EmbeddedRegistry(data, ServerPorts.free());
            registry.close();

            assertThatThrownBy(registry::start)
                    .isInstanceOf(ServerException.class)
                    .hasMessage("The registry is not started: everything is ending.");
        }
    }

    private static void connect(InetSocketAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, CONNECT_WITHIN_MS);
        }
    }
}
