package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.mail.Mail;
import io.tidewatch.notifier.mail.OutgoingMails;
import io.tidewatch.notifier.payload.News;
import io.tidewatch.notifier.payload.ShortText;
import java.time.Instant;

/**
 * Writes mails as Rackspace Cloud Monitoring did, to one address, all of one incident in one thread. Source: {@code
 * release-notes/releases/cmv1.4.rst} of its documentation.
 */
final class EmailChannel extends GuardedChannel {
    private static final int MOST_SUBJECT_CHARS = 250;
    private static final int MOST_LINE_CHARS = 900;
    private static final int MOST_ZONES = 100;
    private static final int MOST_THREAD_CHARS = 0;

    private final OutgoingMails mails;
    private final AlarmLinks links;

    EmailChannel(OutgoingMails mails, AlarmLinks links) {
        this.mails = mails;
        this.links = links;
    }

    @Override
    public Merging merging() {
        return Merging.ANY;
    }

    @Override
    Attempt send(News news, ChannelDetails details, Instant now) {
        String headline = ShortText.cut(news.headline(), MOST_SUBJECT_CHARS);
        return mails.send(new Mail(
                news.delivery().getDeliveryId(),
                news.incidentKey(MOST_THREAD_CHARS),
                details.text("address"),
                "** " + headline + " **",
                headline + "\n\n" + String.join("\n", NoticeLines.of(news, links, MOST_ZONES, MOST_LINE_CHARS)) + "\n",
                now));
    }
}
