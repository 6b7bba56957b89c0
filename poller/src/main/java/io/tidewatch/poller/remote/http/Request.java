package io.tidewatch.poller.remote.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.tidewatch.checks.field.HttpUrl;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * One request of a check's run: the first, or one that a redirect led to.
 *
 * @param redirects how many redirects led here
 */
record Request(HttpUrl url, HttpMethod method, Map<String, String> headers, Optional<String> payload, int redirects) {
    private static final String USER_AGENT = "Tidewatch";

    static Request first(HttpCheck check) {
        return new Request(check.url(), check.method(), check.headers(), check.payload(), 0);
    }

    /**
     * The request that a redirect asks for: never with the payload, and without the owner's headers and credentials at
     * another origin.
     *
     * @throws IllegalArgumentException when the location is no http or https URL
     */
    Request redirected(int status, String location) {
        HttpUrl next = url.resolve(location);
        boolean keepsMethod = status == 307 || status == 308 || method.equals(HttpMethod.HEAD);
        return new Request(
                next,
                keepsMethod ? method : HttpMethod.GET,
                next.sameOrigin(url) ? headers : Map.of(),
                Optional.empty(),
                redirects + 1);
    }

    /** The message to write. One request per connection, and the body as it is: both are part of what is measured. */
    FullHttpRequest toMessage() {
        ByteBuf body = payload.map(text -> Unpooled.copiedBuffer(text, StandardCharsets.UTF_8))
                .orElse(Unpooled.EMPTY_BUFFER);
        FullHttpRequest message = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, method, url.path(), body);
        message.headers()
                .set(HttpHeaderNames.HOST, url.authority())
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(HttpHeaderNames.ACCEPT, "*/*")
                .set(HttpHeaderNames.ACCEPT_ENCODING, HttpHeaderValues.IDENTITY)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        headers.forEach((name, value) -> message.headers().set(name, value));
        if (body.isReadable()) {
            message.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        }
        return message;
    }
}
