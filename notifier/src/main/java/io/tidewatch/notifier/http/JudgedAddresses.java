package io.tidewatch.notifier.http;

import io.tidewatch.addresses.AddressPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves names, and addresses written out, to those of their addresses that may be reached. The HTTP client asks it for
 * every connection, and connects to what it answers. Source: {@code DefaultHttpClientConnectionOperator} of HttpClient 5.6.
 */
final class JudgedAddresses implements DnsResolver {
    private final AddressPolicy policy;

    JudgedAddresses(AddressPolicy policy) {
        this.policy = policy;
    }

    /** @throws ForbiddenAddressException when all of its addresses are forbidden */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] permitted = Arrays.stream(InetAddress.getAllByName(host))
                .filter(policy::permits)
                .toArray(InetAddress[]::new);
        if (permitted.length == 0) {
            throw new ForbiddenAddressException(host);
        }
        return permitted;
    }

    /**
     * Judges the addresses of a host that somebody else will connect to, who may take any of them.
     *
     * @throws ForbiddenAddressException when one of them is forbidden
     */
    void requireAllPermitted(String host, InetAddress[] addresses) throws ForbiddenAddressException {
        if (!Arrays.stream(addresses).allMatch(policy::permits)) {
            throw new ForbiddenAddressException(host);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
