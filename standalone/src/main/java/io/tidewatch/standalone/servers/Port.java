package io.tidewatch.standalone.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports of this machine's loopback address: which are free, and which are taken. */
public final class Port {
    /** Below 32768, where Linux begins to hand out ports to outgoing connections, so that none of those gets in between. */
    private static final int FIRST_CHOSEN = 20_000;

    private static final int END_CHOSEN = 32_000;
    private static final int CONNECT_WITHIN_MS = 1_000;

    private Port() {}

    /** Different ports that nobody listens on right now, chosen by chance so that processes don't follow each other. */
    public static List<Integer> free(int count) {
        Set<Integer> ports = new LinkedHashSet<>();
        while (ports.size() < count) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_CHOSEN, END_CHOSEN);
            if (isFree(port)) {
                ports.add(port);
            }
        }
        return List.copyOf(ports);
    }

    /**
     * @param user what wants to listen there, for the message
     * @param option what a person can give to choose another port, for the message
     * @throws ServerException when somebody listens there
     */
    public static void requireFree(int port, String user, String option) {
        if (!isFree(port)) {
            throw new ServerException("Port " + port + ", which the " + user
                    + " needs, is taken by another program. Choose another with " + option + ".");
        }
    }

    /** Whether somebody listens there. */
    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_WITHIN_MS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
