package io.tidewatch.operations;

import java.nio.charset.StandardCharsets;

/**
 * The first line of an HTTP request; its headers say nothing that health and metrics need.
 *
 * @param path without the query
 */
record OperationsRequest(String method, String path) {
    /** Reads what it can of the first line; what isn't HTTP has a method or a path that nobody knows. */
    static OperationsRequest of(String head) {
        String[] words = head.lines().findFirst().orElse("").split(" ", 3);
        String target = words.length == 3 && words[2].startsWith("HTTP/1.") ? words[1] : "";
        return new OperationsRequest(words[0], target.split("\\?", 2)[0]);
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    boolean isRead() {
        return isHead() || method.equals("GET");
    }

    /** The whole answer on the wire. The connection ends with it. */
    byte[] answer(OperationsAnswer answer) {
        byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + answer.status() + " " + answer.reason() + "\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: " + body.length + "\r\n"
                + "Connection: close\r\n\r\n";
        return (isHead() ? head : head + answer.text()).getBytes(StandardCharsets.UTF_8);
    }
}
