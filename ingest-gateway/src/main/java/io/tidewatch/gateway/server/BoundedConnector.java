package io.tidewatch.gateway.server;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Takes a bounded number of connections, in all and of each address, and looks once a second for clients that are too slow.
 * Jetty's own limits stop taking any connection at all when one client has made too many, and its timeouts begin anew with each
 * byte.
 */
final class BoundedConnector extends ServerConnector {
    private static final int IPV6_NETWORK_BYTES = 8;

    private final DoorBounds bounds;
    private final Consumer<Refusal> refusals;
    private final Map<EndPoint, ConnectionState> open = new ConcurrentHashMap<>();
    private final Map<String, Integer> byAddress = new HashMap<>();

    BoundedConnector(Server server, HttpConfiguration http, DoorBounds bounds, Consumer<Refusal> refusals) {
        super(server, new HttpConnectionFactory(http));
        this.bounds = bounds;
        this.refusals = refusals;
    }

    /** The connection that a request came over; empty for one that is closed already. */
    Optional<ConnectionState> state(Request request) {
        return Optional.ofNullable(
                open.get(request.getConnectionMetaData().getConnection().getEndPoint()));
    }

    /** Where a request comes from, as connections are counted. */
    String address(Request request) {
        return state(request).map(ConnectionState::address).orElse("");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        watch();
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        String address = address(endPoint.getRemoteSocketAddress());
        if (admit(address)) {
            open.put(endPoint, new ConnectionState(address, System.nanoTime(), endPoint::close));
        } else {
            refusals.accept(Refusal.CONNECTIONS);
            endPoint.close();
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        super.onEndPointClosed(endPoint);
        ConnectionState closed = open.remove(endPoint);
        if (closed != null) {
            synchronized (byAddress) {
                byAddress.computeIfPresent(closed.address(), (unused, count) -> count > 1 ? count - 1 : null);
            }
        }
    }

    private boolean admit(String address) {
        synchronized (byAddress) {
            int its = byAddress.getOrDefault(address, 0);
            if (open.size() >= bounds.connections() || its >= bounds.connectionsPerAddress()) {
                return false;
            }
            byAddress.put(address, its + 1);
            return true;
        }
    }

    private void watch() {
        getScheduler()
                .schedule(
                        () -> {
                            if (isRunning()) {
                                open.values().forEach(this::lookAt);
                                watch();
                            }
                        },
                        watchPeriodMs(),
                        TimeUnit.MILLISECONDS);
    }

    private void lookAt(ConnectionState state) {
        state.due(System.nanoTime(), bounds.patience()).ifPresent(act -> {
            refusals.accept(Refusal.SLOW);
            act.run();
        });
    }

    private long watchPeriodMs() {
        return Math.min(1_000, bounds.patience().toMillis());
    }

    /** The address without its port; of IPv6 the network, of which one customer has all addresses. */
    private static String address(SocketAddress remote) {
        InetAddress address = remote instanceof InetSocketAddress inet ? inet.getAddress() : null;
        if (address instanceof Inet6Address) {
            return HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), IPV6_NETWORK_BYTES));
        }
        return address == null ? "unknown" : address.getHostAddress();
    }
}
