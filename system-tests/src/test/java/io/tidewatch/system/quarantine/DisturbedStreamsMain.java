package io.tidewatch.system.quarantine;

import io.tidewatch.operations.PartMain;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;

/** {@code StreamsMain}, but for the system property {@code disturbance}. */
public final class DisturbedStreamsMain {
    static final String DISTURBANCE = "disturbance";

    private DisturbedStreamsMain() {}

    public static void main(String[] arguments) {
        Disturbance disturbance = Disturbance.valueOf(System.getProperty(DISTURBANCE));
        PartMain.run(
                "streams",
                StreamsAppConfig.definition(),
                arguments,
                (settings, clock) -> new StreamsApp(settings, clock, disturbance));
    }
}
