package io.tidewatch.notifier.delivery;

import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import java.time.Duration;
import java.util.Optional;

/** Which messages of a channel belong together. Pure. */
public final class Groupings {
    private static final char SEPARATOR = ':';

    private Groupings() {}

    /** Empty for a message that goes out at once and by itself. */
    public static Optional<Grouping> of(Delivery delivery, Merging merging) {
        MessageKind kind = delivery.getKind();
        if (merging == Merging.NEVER || kind == MessageKind.TEST) {
            return Optional.empty();
        }
        if (merging == Merging.PROBLEMS && delivery.getConversation() != null) {
            return Optional.of(inConversation(kind, delivery.getConversation()));
        }
        if (merging == Merging.PROBLEMS && kind != MessageKind.PROBLEM) {
            return Optional.empty();
        }
        return Optional.of(
                delivery.getGroup() == null
                        ? Grouping.USUAL
                        : Grouping.of(
                                "group" + SEPARATOR + delivery.getGroup(),
                                Duration.ofMillis(delivery.getGroupWaitMs()),
                                Duration.ofMillis(delivery.getGroupIntervalMs())));
    }

    /** The digest that all of a group are part of to their receiver. */
    public static String conversation(String groupKey) {
        return groupKey.substring(groupKey.indexOf(SEPARATOR) + 1);
    }

    /** A problem that many alarms have is over, or taken care of, when that is so for all of them. */
    private static Grouping inConversation(MessageKind kind, String conversation) {
        return switch (kind) {
            case RESOLVED, ACKNOWLEDGED -> Grouping.whole(kind.name() + SEPARATOR + conversation);
            case PROBLEM, UPDATE, REMINDER, RECOVERED, TEST ->
                Grouping.of("news" + SEPARATOR + conversation, Duration.ZERO, Grouping.USUAL.interval());
        };
    }
}
