package io.tidewatch.notifier.http;

import java.net.UnknownHostException;

/** A name resolves to nothing but addresses that must not be reached on behalf of users. */
final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    ForbiddenAddressException(String host) {
        super(host + " has no address that may be reached");
    }
}
