package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.mail.MailSettings;
import io.tidewatch.notifier.mail.OutgoingMails;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All channels there are, by the types of notifications. */
public final class Channels {
    private final Map<String, Channel> byType;

    /**
     * @param http for all of them but mail; whoever made it closes it
     * @param mail empty where no mails are sent, and then there is no such channel
     * @param publicUrl of the API, as receivers reach it, for links
     * @throws IllegalArgumentException when the mail settings can't be used
     */
    public Channels(OutgoingHttp http, Optional<MailSettings> mail, Optional<String> publicUrl) {
        AlarmLinks links = new AlarmLinks(publicUrl);
        Map<String, Channel> channels = new TreeMap<>();
        channels.put("webhook", new WebhookChannel(http));
        mail.ifPresent(settings -> channels.put("email", new EmailChannel(new OutgoingMails(settings), links)));
        channels.put("pagerduty", new PagerDutyChannel(http, links));
        channels.put("alertmanager", new AlertmanagerChannel(http, links));
        channels.put("slack", new SlackChannel(http, links));
        channels.put("msteams", new TeamsChannel(http, links));
        channels.put("victorops", new VictorOpsChannel(http, links, VictorOpsChannel.ENDPOINT));
        channels.put("cloudevents", new CloudEventsChannel(http, links));
        channels.put("custom", new CustomChannel(http));
        this.byType = Map.copyOf(channels);
    }

    /** Empty when there is no such channel here. */
    public Optional<Channel> of(String type) {
        return Optional.ofNullable(byType.get(type));
    }

    public Set<String> types() {
        return byType.keySet();
    }
}
