package io.tidewatch.gateway.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Errors that Jetty answers by itself, such as a malformed request line, in the API's shape. Called by the HTTP server's threads.
 *
 * <p>Says nothing of what Jetty knows about the cause but the status: its own words tell of its classes.
 */
public final class ServerFaults extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        if (request.getAttribute(ERROR_EXCEPTION) instanceof HttpException cause) {
            response.setStatus(cause.getCode());
        }
        int status = response.getStatus();
        write(response, new Fault(FaultType.ofStatus(status), message(status), Map.of()), callback);
        return true;
    }

    /** Answers a request that the API is not asked about. What has not been received of it is not waited for. */
    public static void refuse(Response response, Fault fault, Callback callback) {
        response.setStatus(fault.type().status());
        response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        write(response, fault, callback);
    }

    /** Answers a request for which there is no room now. */
    public static void refuseForNow(Response response, String message, Callback callback) {
        response.setStatus(FaultType.SYSTEM_FAILURE.status());
        response.getHeaders().put(HttpHeader.RETRY_AFTER, Requests.RETRY_AFTER_SECONDS);
        if (!response.getRequest().consumeAvailable()) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        write(response, new Fault(FaultType.SYSTEM_FAILURE, message, Map.of()), callback);
    }

    private static void write(Response response, Fault fault, Callback callback) {
        String transactionId = UUID.randomUUID().toString();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Requests.JSON);
        response.getHeaders().put("X-Response-Id", transactionId);
        ObjectNode body = fault.render(transactionId).put("code", response.getStatus());
        response.write(true, ByteBuffer.wrap(Json.bytes(body)), callback);
    }

    private static String message(int status) {
        return switch (status) {
            case 400 ->
                "The request is not HTTP as the API reads it: its line, a header, its path or its chunks are malformed";
            case 408 -> "The request did not come in time, and its connection is closed";
            case 414 -> "The path with its query is too long";
            case 431 -> "The headers are too long";
            case 505 -> "The API speaks HTTP/1.1 and HTTP/1.0";
            default -> String.valueOf(HttpStatus.getMessage(status));
        };
    }
}
