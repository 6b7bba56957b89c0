package io.tidewatch.poller.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The threads on which all runs happen, each an event loop: epoll where Netty's native library is on the class path, NIO
 * elsewhere. Thread-safe; {@link #close} abandons runs that are still going.
 */
public final class ProbeLoops implements AutoCloseable {
    private static final long CLOSE_SECONDS = 1;

    private final MultiThreadIoEventLoopGroup group;
    private final Class<? extends SocketChannel> channelType;

    /**
     * @param threads event loops; 0 for one per processor
     */
    public ProbeLoops(int threads) {
        boolean epoll = Epoll.isAvailable();
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        int count = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        group = new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory("probe", true), io);
        channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /** The loop for the next run: each in turn. */
    public EventLoop next() {
        return (EventLoop) group.next();
    }

    /** What opens TCP connections on a loop. The run's deadline bounds the connect, so that Netty has no timeout of its own. */
    Bootstrap tcp(EventLoop loop) {
        return new Bootstrap()
                .group(loop)
                .channel(channelType)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
                .option(ChannelOption.TCP_NODELAY, true);
    }

    /** Why runs on one of the loops will never end; empty while all loops live. */
    public Optional<String> deadBecause() {
        for (EventExecutor loop : group) {
            if (loop.isShuttingDown()) {
                return Optional.of("an event loop of the probes has ended");
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
