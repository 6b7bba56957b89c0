package io.tidewatch.notifier.incident;

import io.tidewatch.schema.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whoever reads the messages of one channel, and believes them. */
final class ReceiverStub {
    private final List<Message> got = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private Optional<State> believes = Optional.empty();
    private long incident;

    /** @throws AssertionError for a message that makes no sense after those before it */
    void get(Message message) {
        if (!ids.add(message.deliveryId())) {
            throw new AssertionError("the same delivery twice: " + message + " after " + got);
        }
        boolean open = believes.isPresent();
        boolean fits = switch (message.kind()) {
            case PROBLEM -> !open && message.incident() > incident;
            case UPDATE ->
                open && message.incident() == incident && !believes.get().equals(message.state());
            case REMINDER, ACKNOWLEDGED ->
                open && message.incident() == incident && believes.get().equals(message.state());
            case RESOLVED -> open && message.incident() == incident && message.state() == State.OK;
            case RECOVERED -> !open && message.incident() > incident && message.state() == State.OK;
        };
        if (!fits) {
            throw new AssertionError(message + " makes no sense to who believes " + believes + ", after " + got);
        }
        got.add(message);
        incident = message.incident();
        believes = message.kind().opens() ? Optional.of(message.state()) : Optional.empty();
    }

    /** The problem that it believes in. */
    Optional<State> believes() {
        return believes;
    }

    List<Message> got() {
        return got;
    }
}
