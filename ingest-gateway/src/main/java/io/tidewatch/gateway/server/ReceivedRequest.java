package io.tidewatch.gateway.server;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request whose body is here already, without the headers that would make another request of it. */
final class ReceivedRequest extends Request.Wrapper {
    /**
     * Javalin takes the first for the method, so that a {@code GET} deletes behind the back of whoever lets only {@code GET} through;
     * the second is for WebSockets, which the API has none of.
     */
    private static final Set<String> IGNORED = Set.of("x-http-method-override", "sec-websocket-version");

    private final HttpFields headers;
    private final byte[] body;
    private Content.Chunk next;

    ReceivedRequest(Request request, byte[] body) {
        super(request);
        this.headers = withoutIgnored(request.getHeaders());
        this.body = body;
        this.next = body.length == 0 ? Content.Chunk.EOF : Content.Chunk.from(ByteBuffer.wrap(body), true);
    }

    int bodyBytes() {
        return body.length;
    }

    @Override
    public HttpFields getHeaders() {
        return headers;
    }

    @Override
    public long getLength() {
        return body.length;
    }

    @Override
    public Content.Chunk read() {
        Content.Chunk chunk = next;
        next = Content.Chunk.EOF;
        return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
        demandCallback.run();
    }

    private static HttpFields withoutIgnored(HttpFields headers) {
        if (headers.stream().noneMatch(field -> IGNORED.contains(field.getLowerCaseName()))) {
            return headers;
        }
        HttpFields.Mutable rest = HttpFields.build(headers);
        IGNORED.forEach(rest::remove);
        return rest.asImmutable();
    }
}
