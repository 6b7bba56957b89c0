package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.payload.News;
import io.tidewatch.schema.Delivery;
import java.time.Instant;

/** A channel that is handed what there is to say, and whose owner is told of details that are unfit. */
abstract class GuardedChannel implements Channel {
    @Override
    public final Attempt send(Delivery delivery, ChannelDetails details, Instant now) {
        News news = News.of(delivery);
        try {
            return send(news, details, now);
        } catch (UnfitDetailsException e) {
            return Attempt.of(Result.REFUSED, e.reason());
        }
    }

    /** @throws UnfitDetailsException when a setting is missing, or is of no use */
    abstract Attempt send(News news, ChannelDetails details, Instant now);

    /** Most receivers can show it to people, at least. */
    @Override
    public boolean acknowledges() {
        return true;
    }
}
