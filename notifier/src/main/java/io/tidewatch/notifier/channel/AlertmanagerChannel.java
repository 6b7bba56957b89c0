package io.tidewatch.notifier.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.http.HttpCall;
import io.tidewatch.notifier.http.HttpMethod;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.Notice;
import io.tidewatch.schema.MessageKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Posts an alert to each replica of an Alertmanager, one after the other. An alert is known by its labels, so that they are what
 * never changes while a problem lasts, but for the alarm's label; of one that was renamed meanwhile, the old alert ends by itself.
 *
 * <p>A problem ends by itself, too, when it is not told again: whoever plans repeats it every {@link #REPEAT_EVERY} as a
 * reminder. The end of a problem that Alertmanager was not told of is confirmed without a request. Source: Alertmanager's {@code
 * docs/alerts_api.md}.
 */
final class AlertmanagerChannel extends MachineChannel {
    /** As Prometheus does it. */
    static final Duration REPEAT_EVERY = Duration.ofMinutes(1);

    /** Four repetitions may be late or lost before a problem ends for want of them. */
    static final Duration HORIZON = REPEAT_EVERY.multipliedBy(5);

    private final OutgoingHttp http;
    private final AlarmLinks links;

    AlertmanagerChannel(OutgoingHttp http, AlarmLinks links) {
        this.http = http;
        this.links = links;
    }

    /** An alert burns, or it does not. */
    @Override
    public boolean acknowledges() {
        return false;
    }

    @Override
    Attempt send(Notice notice, ChannelDetails details, Instant now) {
        List<HttpUrl> replicas = details.urls("urls");
        Map<String, String> headers = new TreeMap<>();
        Set<String> secrets = new HashSet<>();
        details.optionalText("user").ifPresent(user -> {
            String password = details.optionalText("password").orElse("");
            String login = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
            headers.put("Authorization", "Basic " + login);
            secrets.addAll(Set.of(password, login));
        });
        if (notice.kind() == MessageKind.RECOVERED) {
            return Attempt.confirmed();
        }
        String body = EventJson.text(alerts(notice, now));
        List<Attempt> attempts = new ArrayList<>();
        for (HttpUrl replica : replicas) {
            HttpCall call = JsonRequest.of(HttpMethod.POST, alertsOf(replica), headers, body, secrets)
                    .via(details.proxy());
            attempts.add(named(call.target(), http.send(call)));
        }
        return together(attempts);
    }

    private ArrayNode alerts(Notice notice, Instant now) {
        ArrayNode alerts = EventJson.MAPPER.createArrayNode();
        Instant begin = notice.delivery().getOpenedAt();
        ObjectNode alert = alerts.addObject().put("startsAt", begin.toString()).put("endsAt", end(notice, now, begin));
        links.to(notice).ifPresent(link -> alert.put("generatorURL", link));
        alert.putObject("labels")
                .put("alertname", notice.kind() == MessageKind.TEST ? "Tidewatch test" : notice.alarmLabel())
                .put("tenant", notice.event().getTenantId())
                .put("entity", notice.event().getEntityId())
                .put("check", notice.event().getCheckId())
                .put("alarm", notice.event().getAlarmId());
        alert.putObject("annotations")
                .put("summary", notice.headline())
                .put("state", notice.state().name())
                .put("status", notice.event().getStatus())
                .put("entity", notice.entityLabel())
                .put("check", notice.checkLabel())
                .put("incident", Long.toString(notice.delivery().getIncident()));
        return alerts;
    }

    private static String end(Notice notice, Instant now, Instant begin) {
        if (notice.kind() != MessageKind.RESOLVED) {
            return now.plus(HORIZON).toString();
        }
        Instant end = notice.event().getTimestamp();
        // An alert that ends before it begins is refused.
        return (end.isBefore(begin) ? begin : end).toString();
    }

    private static HttpUrl alertsOf(HttpUrl replica) {
        String base = replica.path().endsWith("/")
                ? replica.path().substring(0, replica.path().length() - 1)
                : replica.path();
        return new HttpUrl(replica.secure(), replica.host(), replica.port(), base + "/api/v2/alerts");
    }

    private static Attempt named(String target, Attempt attempt) {
        return attempt.because(
                attempt.reason().startsWith(target) ? attempt.reason() : target + ": " + attempt.reason());
    }

    /**
     * The worst counts, and that is one that may end otherwise next time: of a refusal alone nothing is tried again. When some have
     * it and others have not, it may have been received.
     */
    private static Attempt together(List<Attempt> attempts) {
        List<Attempt> failed = attempts.stream()
                .filter(attempt -> attempt.result() != Result.CONFIRMED)
                .toList();
        Optional<String> proxy =
                attempts.stream().map(Attempt::proxy).flatMap(Optional::stream).findFirst();
        if (failed.isEmpty()) {
            return new Attempt(Result.CONFIRMED, "", Optional.empty(), proxy);
        }
        Result result;
        if (failed.stream().allMatch(attempt -> attempt.result() == Result.REFUSED)) {
            result = Result.REFUSED;
        } else {
            boolean nobodyHasIt = attempts.stream()
                    .noneMatch(attempt -> attempt.result() == Result.CONFIRMED || attempt.result() == Result.UNKNOWN);
            result = nobodyHasIt ? Result.NOT_RECEIVED : Result.UNKNOWN;
        }
        return new Attempt(
                result,
                String.join("; ", failed.stream().map(Attempt::reason).toList()),
                failed.stream()
                        .map(Attempt::notBefore)
                        .flatMap(Optional::stream)
                        .max(Instant::compareTo),
                proxy);
    }
}
