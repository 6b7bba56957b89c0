package io.tidewatch.notifier.mail;

import io.tidewatch.notifier.LoopbackServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server that says to each command what its test wants, also at the wrong time, and remembers what it heard. */
public final class ScriptedSmtp implements AutoCloseable {
    /** Instead of a reply. */
    static final String DROP = "drop";

    /** Instead of a reply: the client waits. */
    static final String SILENCE = "silence";

    /** The greeting, as if it answered a command. */
    static final String GREETING = "GREETING";

    /** The end of a mail, as if it were a command. */
    static final String END = "END";

    private static final Map<String, String> USUAL = Map.of(
            GREETING,
            "220 mail.test",
            "STARTTLS",
            "220 go on",
            "AUTH",
            "235 welcome",
            "MAIL",
            "250 ok",
            "RCPT",
            "250 ok",
            "DATA",
            "354 go on",
            END,
            "250 taken",
            "QUIT",
            "221 bye");

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final LoopbackServer server;
    private final Map<String, String> replies;
    private final Optional<SSLContext> tls;
    private final boolean fromTheStart;

    private ScriptedSmtp(Map<String, String> replies, Optional<SSLContext> tls, boolean fromTheStart) {
        this.replies = replies;
        this.tls = tls;
        this.fromTheStart = fromTheStart;
        this.server = new LoopbackServer("scripted-smtp", this::serve);
    }

    /** @param replies where they are not the usual ones, by the commands */
    public static ScriptedSmtp plain(Map<String, String> replies) {
        return new ScriptedSmtp(replies, Optional.empty(), false);
    }

    public static ScriptedSmtp withStartTls(SSLContext tls, Map<String, String> replies) {
        return new ScriptedSmtp(replies, Optional.of(tls), false);
    }

    public static ScriptedSmtp overTls(SSLContext tls) {
        return new ScriptedSmtp(Map.of(), Optional.of(tls), true);
    }

    public int port() {
        return server.port();
    }

    /** Commands and lines of mails, those over TLS with {@code TLS } before them. */
    List<String> heard() {
        return heard;
    }

    @Override
    public void close() {
        closed.countDown();
        server.close();
    }

    private void serve(Socket connection) throws IOException, InterruptedException {
        converse(fromTheStart ? secured(connection) : connection, fromTheStart, true);
    }

    private void converse(Socket connection, boolean secure, boolean greet) throws IOException, InterruptedException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
        if (greet && !reply(connection, GREETING)) {
            return;
        }
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add((secure ? "TLS " : "") + line);
            String command = line.replaceFirst(" .*", "").toUpperCase(Locale.ROOT);
            if (command.equals("EHLO")) {
                say(
                        connection,
                        "250-mail.test\r\n" + (tls.isPresent() && !secure ? "250-STARTTLS\r\n" : "")
                                + "250 AUTH PLAIN LOGIN");
            } else if (!reply(connection, command)) {
                return;
            } else if (command.equals("STARTTLS")) {
                converse(secured(connection), true, false);
                return;
            } else if (command.equals("DATA") && !mail(connection, in)) {
                return;
            }
        }
    }

    private boolean mail(Socket connection, BufferedReader in) throws IOException, InterruptedException {
        if (!replies.getOrDefault("DATA", "354").startsWith("354")) {
            return true;
        }
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            heard.add(line);
        }
        return reply(connection, END);
    }

    /** Whether the conversation goes on. */
    private boolean reply(Socket connection, String command) throws IOException, InterruptedException {
        String reply = replies.getOrDefault(command, USUAL.getOrDefault(command, "502 what?"));
        if (reply.equals(SILENCE)) {
            closed.await();
        }
        if (reply.equals(SILENCE) || reply.equals(DROP)) {
            return false;
        }
        say(connection, reply);
        return true;
    }

    private static void say(Socket connection, String reply) throws IOException {
        connection.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    private Socket secured(Socket connection) throws IOException {
        SSLSocket secured = (SSLSocket)
                tls.orElseThrow().getSocketFactory().createSocket(connection, null, connection.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }
}
