package io.tidewatch.notifier.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP receiver that reads each request whole, and then does what its test wants, byte by byte if need be. */
final class ScriptedReceiver implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What it does with the connection when it has a request. */
    interface Script {
        void answer(Socket connection) throws IOException, InterruptedException;
    }

    ScriptedReceiver(Script script) {
        this.script = script;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    static ScriptedReceiver answering(String... lines) {
        return new ScriptedReceiver(connection -> write(connection, String.join("\r\n", lines)));
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hook/s3cret";
    }

    /** Request lines, headers and bodies. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder request = new StringBuilder();
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                request.append(line).append('\n');
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring("Content-Length: ".length()));
                }
            }
            char[] body = new char[length];
            int read = 0;
            while (read < length) {
                read += in.read(body, read, length - read);
            }
            requests.add(request.append('\n').append(body).toString());
            script.answer(connection);
        } catch (IOException | InterruptedException gone) {
            // The client has hung up.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "scripted-receiver");
        thread.setDaemon(true);
        thread.start();
    }
}
