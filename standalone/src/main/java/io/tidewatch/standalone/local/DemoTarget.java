package io.tidewatch.standalone.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.standalone.servers.Port;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A small web server to be checked, which can break and be repaired: a broken one listens no more. */
public final class DemoTarget implements AutoCloseable {
    private final InetSocketAddress address;
    private Optional<HttpServer> server = Optional.empty();

    /** @param host the address of this machine to listen on */
    public DemoTarget(String host) {
        address = new InetSocketAddress(host, Port.free(1).get(0));
    }

    public int port() {
        return address.getPort();
    }

    public String url() {
        return "http://" + address.getHostString() + ":" + port() + "/";
    }

    /** Listens, for the first time or again. */
    public void listen() {
        try {
            HttpServer listening = HttpServer.create(address, 0);
            listening.createContext("/", DemoTarget::answer);
            listening.start();
            server = Optional.of(listening);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's web server can't listen on port " + port(), e);
        }
    }

    /** Stops to listen: whoever connects is refused. */
    public void breakDown() {
        close();
    }

    @Override
    public void close() {
        server.ifPresent(listening -> listening.stop(0));
        server = Optional.empty();
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] page = "All is well.\n".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, page.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(page);
        }
    }
}
