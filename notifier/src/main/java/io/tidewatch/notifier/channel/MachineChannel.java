package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.payload.News;
import io.tidewatch.notifier.payload.Notice;
import java.time.Instant;

/** A channel whose receivers are programs: each message is about one alarm, and none is merged with others. */
abstract class MachineChannel extends GuardedChannel {
    @Override
    final Attempt send(News news, ChannelDetails details, Instant now) {
        if (news instanceof Notice notice) {
            return send(notice, details, now);
        }
        throw new IllegalArgumentException(
                "Messages to programs are not merged: " + news.delivery().getDeliveryId());
    }

    /** @throws UnfitDetailsException when a setting is missing, or is of no use */
    abstract Attempt send(Notice notice, ChannelDetails details, Instant now);

    @Override
    public final Merging merging() {
        return Merging.NEVER;
    }
}
