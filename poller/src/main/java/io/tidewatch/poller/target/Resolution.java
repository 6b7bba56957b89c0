package io.tidewatch.poller.target;

import io.tidewatch.schema.FailureKind;
import java.net.InetAddress;
import java.util.List;

/** What came of resolving a target. */
public sealed interface Resolution {
    /** The target's addresses of one family: at least one, in the order in which the name server gave them. */
    record Addresses(List<InetAddress> addresses) implements Resolution {
        public Addresses {
            addresses = List.copyOf(addresses);
            if (addresses.isEmpty()) {
                throw new IllegalArgumentException("a resolved name has an address");
            }
        }
    }

    /**
     * The target has no address, or nobody said so.
     *
     * @param kind DNS_ERROR or DNS_TIMEOUT
     * @param reason one line for people
     */
    record Failed(FailureKind kind, String reason) implements Resolution {}
}
