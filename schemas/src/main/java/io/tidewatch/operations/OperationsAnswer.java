package io.tidewatch.operations;

import java.util.List;

/** What health and metrics answer, as plain text. */
record OperationsAnswer(int status, String text) {
    static final OperationsAnswer NOT_FOUND =
            new OperationsAnswer(404, "There are /health/live, /health/ready and /metrics here\n");
    static final OperationsAnswer NOT_ALLOWED = new OperationsAnswer(405, "GET and HEAD are answered here\n");
    static final OperationsAnswer TOO_LARGE = new OperationsAnswer(431, "The request's head is too large\n");
    static final OperationsAnswer FAILED = new OperationsAnswer(500, "The answer could not be made\n");

    /** 200, or 503 with a fault a line. */
    static OperationsAnswer of(List<String> faults) {
        return faults.isEmpty()
                ? new OperationsAnswer(200, "ok\n")
                : new OperationsAnswer(503, String.join("\n", faults) + "\n");
    }

    String reason() {
        return switch (status) {
            case 200 -> "OK";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 431 -> "Request Header Fields Too Large";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
