package io.tidewatch.gateway.http;

/**
 * The kinds of error answers, each with its HTTP status. Where Rackspace Cloud Monitoring has a name for one, it is that.
 *
 * <p>Source: the faults page of its API manual.
 */
public enum FaultType {
    BAD_REQUEST("badRequest", 400),
    REQUIRED_NOT_FOUND("requiredNotFoundError", 400),
    INVALID_LIMIT("invalidLimit", 400),
    ALARM_PARSE("alarmParseError", 400),
    CHILDREN_EXIST("childrenExistError", 400),
    LIMIT_REACHED("limitReached", 400),
    FORBIDDEN("forbiddenError", 403),
    NOT_FOUND("notFoundError", 404),
    PARENT_NOT_FOUND("parentNotFoundError", 404),
    METHOD_NOT_ALLOWED("methodNotAllowedError", 405),
    CONFLICT("conflictError", 409),
    REQUEST_TOO_LARGE("requestTooLargeError", 413),
    UNSUPPORTED_MEDIA_TYPE("unsupportedMediaTypeError", 415),
    INTERNAL("internalError", 500),
    SYSTEM_FAILURE("systemFailureError", 503),
    NO_ANSWER("gatewayTimeoutError", 504);

    private final String wireName;
    private final int status;

    FaultType(String wireName, int status) {
        this.wireName = wireName;
        this.status = status;
    }

    /** The {@code type} of the error answer. */
    String wireName() {
        return wireName;
    }

    /** The HTTP status, and the {@code code} of the error answer. */
    public int status() {
        return status;
    }

    /** The type that fits a status which the HTTP server itself came up with. */
    public static FaultType ofStatus(int status) {
        return switch (status) {
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 413 -> REQUEST_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 501, 505 -> BAD_REQUEST;
            case 503 -> SYSTEM_FAILURE;
            default -> status < 500 ? BAD_REQUEST : INTERNAL;
        };
    }
}
