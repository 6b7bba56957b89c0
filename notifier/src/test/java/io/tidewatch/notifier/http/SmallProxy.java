package io.tidewatch.notifier.http;

import io.tidewatch.notifier.LoopbackServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy that carries requests and tunnels, of whoever knows its password if it has one, and remembers what it was asked for. */
final class SmallProxy implements AutoCloseable {
    private static final int PART_BYTES = 8192;

    private final Optional<String> authorization;
    private final List<String> carried = new CopyOnWriteArrayList<>();
    private final List<String> refused = new CopyOnWriteArrayList<>();
    private final LoopbackServer server = new LoopbackServer("small-proxy", this::serve);

    /** @param login who it carries for, as {@code user:password}; empty for everybody */
    SmallProxy(Optional<String> login) {
        this.authorization = login.map(
                known -> "Basic " + Base64.getEncoder().encodeToString(known.getBytes(StandardCharsets.US_ASCII)));
    }

    String url() {
        return "http://127.0.0.1:" + server.port();
    }

    /** The request lines that it has followed. */
    List<String> carried() {
        return carried;
    }

    /** The request lines that it has answered with 407. */
    List<String> refused() {
        return refused;
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        List<String> head = head(in);
        while (!head.isEmpty()) {
            byte[] body = in.readNBytes(length(head));
            String request = head.get(0);
            if (authorization.isPresent() && !head.contains("Proxy-Authorization: " + authorization.get())) {
                refused.add(request);
                write(
                        client.getOutputStream(),
                        "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"p\"\r\nContent-Length: 0\r\n\r\n");
                head = head(in);
            } else {
                carried.add(request);
                carry(client, head, body);
                return;
            }
        }
    }

    private static void carry(Socket client, List<String> head, byte[] body) throws IOException {
        String[] request = head.get(0).split(" ", 3);
        if (request[0].equals("CONNECT")) {
            String[] target = request[1].split(":", 2);
            try (Socket receiver = new Socket(target[0], Integer.parseInt(target[1]))) {
                write(client.getOutputStream(), "HTTP/1.1 200 Go on\r\n\r\n");
                Thread back = new Thread(() -> pour(receiver, client), "small-proxy-back");
                back.setDaemon(true);
                back.start();
                pour(client, receiver);
            }
            return;
        }
        URI target = URI.create(request[1]);
        try (Socket receiver = new Socket(target.getHost(), target.getPort())) {
            List<String> forwarded = new ArrayList<>(head);
            forwarded.set(0, request[0] + " " + target.getRawPath() + " HTTP/1.1");
            forwarded.removeIf(line -> line.startsWith("Proxy-") || line.startsWith("Connection:"));
            forwarded.add("Connection: close");
            write(receiver.getOutputStream(), String.join("\r\n", forwarded) + "\r\n\r\n");
            receiver.getOutputStream().write(body);
            pour(receiver, client);
        }
    }

    private static void pour(Socket from, Socket to) {
        try {
            byte[] part = new byte[PART_BYTES];
            for (int read = from.getInputStream().read(part);
                    read >= 0;
                    read = from.getInputStream().read(part)) {
                to.getOutputStream().write(part, 0, read);
                to.getOutputStream().flush();
            }
            to.shutdownOutput();
        } catch (IOException gone) {
            // One of them has hung up.
        }
    }

    private static List<String> head(InputStream in) throws IOException {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int unit = in.read(); unit >= 0; unit = in.read()) {
            if (unit != '\n') {
                line.append((char) unit);
            } else if (line.toString().isBlank()) {
                return lines;
            } else {
                lines.add(line.toString().strip());
                line.setLength(0);
            }
        }
        return List.of();
    }

    private static int length(List<String> head) {
        return head.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring("content-length: ".length())))
                .findFirst()
                .orElse(0);
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }
}
