package io.tidewatch.standalone.scenario;

/**
 * What can't be played, and why.
 *
 * @param place {@code file}, or {@code file:line:column}
 * @param message a sentence that the file's author can act on
 */
public record Refusal(String place, String message) implements ScenarioFile.Document {
    @Override
    public String toString() {
        return place + ": " + message;
    }
}
