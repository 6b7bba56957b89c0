package io.tidewatch.notifier.http;

import java.util.List;
import java.util.Optional;

/**
 * What all calls go through that name nothing else.
 *
 * @param server empty when there is none; its own address is the operator's, and so is not judged
 * @param exceptions the targets that are reached without it
 */
public record OperatorProxy(Optional<ProxyServer> server, NoProxy exceptions) {
    /** Calls go straight to receivers. */
    public static final OperatorProxy NONE = new OperatorProxy(Optional.empty(), new NoProxy(List.of()));
}
