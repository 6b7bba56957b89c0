package io.tidewatch.poller.remote.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.tidewatch.poller.connection.Connection;
import io.tidewatch.poller.connection.ConnectionFailure;
import io.tidewatch.poller.connection.FirstByte;
import io.tidewatch.poller.probe.Phase;
import io.tidewatch.poller.probe.Run;
import io.tidewatch.schema.FailureKind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** One request and its response on a connection of its own. On the run's event loop. */
final class HttpConversation extends SimpleChannelInboundHandler<HttpObject> {
    /** How much of a body is looked at. Source: the check types of Rackspace Cloud Monitoring. */
    static final int MAX_BODY_BYTES = 100_000;

    /** Where reading stops, so that an endless body costs a megabyte and not a timeout's worth of traffic. */
    static final int MAX_READ_BYTES = 1_000_000;

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MAX_LINE_CHARS = 8192;
    private static final int MAX_HEADER_CHARS = 65_536;
    private static final int MAX_CHUNK_BYTES = 8192;

    private final Run run;
    private final FirstByte firstByte;
    private final Consumer<Response> then;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Optional<HttpResponse> head = Optional.empty();
    private long bytes;

    private HttpConversation(Run run, FirstByte firstByte, Consumer<Response> then) {
        this.run = run;
        this.firstByte = firstByte;
        this.then = then;
    }

    /** Sends the request; goes on with the response, on the run's loop, with the connection closed. Or ends the run. */
    static void send(Run run, Connection connection, Request request, Consumer<Response> then) {
        run.enter(Phase.REQUEST);
        FirstByte firstByte = new FirstByte(run);
        ChannelPipeline pipeline = connection.channel().pipeline();
        pipeline.addLast(
                firstByte,
                new HttpClientCodec(MAX_LINE_CHARS, MAX_HEADER_CHARS, MAX_CHUNK_BYTES),
                new HttpConversation(run, firstByte, then));
        pipeline.writeAndFlush(request.toMessage()).addListener(done -> {
            if (!done.isSuccess()) {
                run.execute(() -> ConnectionFailure.inConversation(done.cause()).end(run));
            }
        });
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
        run.execute(() -> read(context, message));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        run.execute(() -> run.fail(
                FailureKind.PROTOCOL_ERROR,
                head.isEmpty() ? "connection closed without a response" : "connection closed within the response"));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        run.execute(() -> ConnectionFailure.inConversation(cause).end(run));
    }

    private void read(ChannelHandlerContext context, HttpObject message) {
        if (message.decoderResult().isFailure()) {
            run.fail(FailureKind.PROTOCOL_ERROR, "the response is not HTTP");
            return;
        }
        if (message instanceof HttpResponse response) {
            head = Optional.of(response);
        }
        if (message instanceof HttpContent content) {
            take(content.content());
            if (message instanceof LastHttpContent || bytes >= MAX_READ_BYTES) {
                end(context);
            }
        }
    }

    private void take(ByteBuf content) {
        int room = MAX_BODY_BYTES - body.size();
        body.writeBytes(ByteBufUtil.getBytes(content, content.readerIndex(), Math.min(room, content.readableBytes())));
        bytes += content.readableBytes();
    }

    private void end(ChannelHandlerContext context) {
        HttpResponse response = head.orElseThrow();
        if (response.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
            return; // the response proper follows
        }
        context.pipeline().remove(this);
        ChannelFuture unused = context.close();
        then.accept(new Response(
                response.status().code(),
                location(response),
                body.toString(StandardCharsets.UTF_8),
                bytes,
                bytes - body.size(),
                firstByte.atNanos().orElseThrow()));
    }

    private static Optional<String> location(HttpResponse response) {
        return REDIRECTS.contains(response.status().code())
                ? Optional.ofNullable(response.headers().get(HttpHeaderNames.LOCATION))
                : Optional.empty();
    }
}
