package io.tidewatch.notifier.http;

import io.tidewatch.notifier.LoopbackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP receiver that reads each request whole, and then does what its test wants, byte by byte if need be. */
final class ScriptedReceiver implements AutoCloseable {
    private final LoopbackServer server;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    /** What it does with the connection when it has a request. */
    interface Script {
        void answer(Socket connection) throws IOException, InterruptedException;
    }

    ScriptedReceiver(Script script) {
        this.script = script;
        this.server = new LoopbackServer("scripted-receiver", this::serve);
    }

    static ScriptedReceiver answering(String... lines) {
        return new ScriptedReceiver(connection -> write(connection, String.join("\r\n", lines)));
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        connection.getOutputStream().flush();
    }

    String url() {
        return "http://127.0.0.1:" + server.port() + "/hook/s3cret";
    }

    /** Request lines, headers and bodies. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket connection) throws IOException, InterruptedException {
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
    }
}
