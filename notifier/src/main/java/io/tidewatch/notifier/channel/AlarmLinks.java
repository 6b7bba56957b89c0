package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.payload.Notice;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where receivers find more.
 *
 * @param baseUrl of the API, as receivers reach it; empty when they can't
 */
record AlarmLinks(Optional<String> baseUrl) {
    AlarmLinks {
        baseUrl = baseUrl.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
    }

    /** The alarm in the API. */
    Optional<String> to(Notice notice) {
        return baseUrl.map(base -> base + path(notice));
    }

    /** The tenant, as a URI or as a path. */
    String tenant(Notice notice) {
        return baseUrl.orElse("") + "/v1.0/" + encoded(notice.event().getTenantId());
    }

    private static String path(Notice notice) {
        return "/v1.0/" + encoded(notice.event().getTenantId()) + "/" + alarm(notice);
    }

    /** The alarm, below its tenant. */
    static String alarm(Notice notice) {
        return "entities/" + encoded(notice.event().getEntityId()) + "/alarms/"
                + encoded(notice.event().getAlarmId());
    }

    private static String encoded(String id) {
        return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
