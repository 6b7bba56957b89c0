package io.tidewatch.standalone.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PortTest {
    @Test
    void choosesDifferentPorts() {
        List<Integer> ports = Port.free(50);

        assertThat(ports).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void namesTheTakenPortAndTheOptionForAnother() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Port.requireFree(port, "gateway", "--port N"))
                    .isInstanceOf(ServerException.class)
                    .hasMessage("Port " + port
                            + ", which the gateway needs, is taken by another program. Choose another with --port N.");
        }
    }

    @Test
    void aPortThatIsTakenOnEveryAddressIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> Port.requireFree(port, "gateway", "--port N"))
                    .isInstanceOf(ServerException.class);
        }
    }
}
