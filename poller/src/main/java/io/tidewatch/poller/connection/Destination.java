package io.tidewatch.poller.connection;

import io.tidewatch.poller.target.Target;
import java.util.Optional;

/**
 * What to connect to, and how.
 *
 * @param tlsName the name that the server's certificate has to be for; empty for a connection without TLS
 */
public record Destination(Target target, int port, Optional<String> tlsName) {}
