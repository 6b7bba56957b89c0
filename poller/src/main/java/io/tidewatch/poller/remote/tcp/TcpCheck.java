package io.tidewatch.poller.remote.tcp;

import io.tidewatch.checks.field.Details;
import io.tidewatch.checks.field.SearchPattern;
import io.tidewatch.checks.remote.RemoteTcp;
import java.util.Optional;

/** What a {@code remote.tcp} check is set to. */
record TcpCheck(
        int port,
        boolean tls,
        Optional<String> sendBody,
        Optional<SearchPattern> bannerMatch,
        Optional<SearchPattern> bodyMatch) {
    /**
     * @throws io.tidewatch.checks.field.InvalidDetailsException naming the field that is missing or unfit
     */
    static TcpCheck of(Details details) {
        return new TcpCheck(
                details.get(RemoteTcp.PORT),
                details.get(RemoteTcp.SSL),
                details.get(RemoteTcp.SEND_BODY),
                details.get(RemoteTcp.BANNER_MATCH),
                details.get(RemoteTcp.BODY_MATCH));
    }
}
