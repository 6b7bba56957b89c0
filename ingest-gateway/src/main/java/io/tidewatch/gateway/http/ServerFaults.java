package io.tidewatch.gateway.http;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Errors that Jetty answers by itself, such as a malformed request line, in the API's shape. */
public final class ServerFaults extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String transactionId = UUID.randomUUID().toString();
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Requests.JSON);
        response.getHeaders().put("X-Response-Id", transactionId);
        response.write(true, body(response.getStatus(), transactionId), callback);
        return true;
    }

    private static ByteBuffer body(int status, String transactionId) {
        Fault fault = new Fault(FaultType.ofStatus(status), HttpStatus.getMessage(status), Map.of());
        return ByteBuffer.wrap(Json.bytes(fault.render(transactionId)));
    }
}
