package io.tidewatch.streams;

import io.tidewatch.operations.PartMain;

/** The process of the stream applications. */
public final class StreamsMain {
    private StreamsMain() {}

    public static void main(String[] arguments) {
        PartMain.run("streams", StreamsAppConfig.definition(), arguments, StreamsApp::new);
    }
}
