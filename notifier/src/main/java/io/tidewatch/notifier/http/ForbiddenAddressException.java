package io.tidewatch.notifier.http;

import java.net.UnknownHostException;

/** A name resolves to addresses that must not be reached on behalf of users, and perhaps to others. */
final class ForbiddenAddressException extends UnknownHostException {
    private static final long serialVersionUID = 1;

    ForbiddenAddressException(String host) {
        super(host + " must not be reached");
    }
}
