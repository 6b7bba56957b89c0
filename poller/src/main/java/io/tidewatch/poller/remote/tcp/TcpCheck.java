package io.tidewatch.poller.remote.tcp;

import io.tidewatch.poller.probe.Details;
import io.tidewatch.poller.probe.SearchPattern;
import java.util.Optional;

/** The settings of a {@code remote.tcp} check. Source of names and limits: the check types of Rackspace Cloud Monitoring. */
record TcpCheck(
        int port,
        boolean tls,
        Optional<String> sendBody,
        Optional<SearchPattern> bannerMatch,
        Optional<SearchPattern> bodyMatch) {
    private static final int MAX_SEND_BODY = 1024;

    /**
     * @throws io.tidewatch.poller.probe.InvalidCheckException naming the setting that is missing or unfit
     */
    static TcpCheck of(Details details) {
        return new TcpCheck(
                details.port("port"),
                details.flag("ssl", false),
                details.optionalText("send_body", MAX_SEND_BODY),
                details.pattern("banner_match"),
                details.pattern("body_match"));
    }
}
