package io.tidewatch.notifier.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Decides what each call goes through, and judges targets that a proxy will connect to: the HTTP client asks about the proxy's
 * address only. Thread-safe.
 */
final class Routes {
    private final JudgedAddresses addresses;
    private final OperatorProxy operators;

    Routes(JudgedAddresses addresses, OperatorProxy operators) {
        this.addresses = addresses;
        this.operators = operators;
    }

    /** The proxy, unless a call goes straight to its receiver, and whether its own address is to be judged. */
    record Route(Optional<ProxyServer> proxy, boolean judged) {
        private static final Route STRAIGHT = new Route(Optional.empty(), true);

        private static Route operators(ProxyServer server) {
            return new Route(Optional.of(server), false);
        }

        private static Route tenants(ProxyServer server) {
            return new Route(Optional.of(server), true);
        }
    }

    /**
     * Says what a call goes through. Resolves the target's name, when a proxy is in question.
     *
     * @throws ForbiddenAddressException when a proxy might connect to an address that must not be reached
     */
    Route of(HttpCall call) throws UnknownHostException {
        String target = call.url().host();
        ProxyChoice choice = call.proxy();
        if (choice instanceof ProxyChoice.Given given) {
            addresses.requireAllPermitted(target, InetAddress.getAllByName(target));
            return Route.tenants(given.server());
        }
        Optional<ProxyServer> server = operators.server();
        if (choice instanceof ProxyChoice.None
                || server.isEmpty()
                || operators.exceptions().has(target)) {
            return Route.STRAIGHT;
        }
        InetAddress[] resolved = InetAddress.getAllByName(target);
        if (operators.exceptions().has(resolved)) {
            return Route.STRAIGHT;
        }
        addresses.requireAllPermitted(target, resolved);
        return Route.operators(server.get());
    }
}
