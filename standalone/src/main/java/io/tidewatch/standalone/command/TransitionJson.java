package io.tidewatch.standalone.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.tidewatch.standalone.scenario.Scenario;
import io.tidewatch.standalone.scenario.Transition;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes the transitions of a scenario as lines of JSON, for programs: always the same keys, in the same order. */
final class TransitionJson {
    private final JsonFactory json = new JsonFactory();

    /** One line. */
    String line(Scenario scenario, Transition transition) {
        StringWriter line = new StringWriter();
        try (JsonGenerator out = json.createGenerator(line)) {
            out.writeStartObject();
            out.writeStringField("scenario", scenario.name());
            out.writeNumberField("at_ms", transition.at().toMillis());
            out.writeStringField("previous", transition.previous().name());
            out.writeStringField("state", transition.state().name());
            out.writeStringField("status", transition.status());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString();
    }
}
