package io.tidewatch.streams.alarm.engine;

import io.tidewatch.criteria.MessageTemplate;
import io.tidewatch.schema.State;

/**
 * What a criteria makes of one observation.
 *
 * @param status the message, as people will read it, cut to the length that is emitted
 */
public record Judgement(State state, String status) {
    public Judgement {
        status = MessageTemplate.cut(status);
    }

    /** For EPL, which reads properties through getters. */
    public State getState() {
        return state;
    }

    /** For EPL, which reads properties through getters. */
    public String getStatus() {
        return status;
    }
}
