package io.tidewatch.standalone.scenario;

import org.yaml.snakeyaml.error.Mark;

/** A document is no scenario. */
final class ScenarioException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int line;
    private final int column;
    private final String reason;

    /** @param reason a sentence that the file's author can act on, without the place */
    ScenarioException(Mark at, String reason) {
        super(reason);
        this.line = at.getLine() + 1;
        this.column = at.getColumn() + 1;
        this.reason = reason;
    }

    Refusal in(String file) {
        return new Refusal(file + ":" + line + ":" + column, reason);
    }
}
