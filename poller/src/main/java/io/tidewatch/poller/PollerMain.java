package io.tidewatch.poller;

import io.tidewatch.operations.PartMain;

/** The poller as a process: {@code [--config FILE | --version]}. */
public final class PollerMain {
    private PollerMain() {}

    public static void main(String[] arguments) {
        PartMain.run("poller", PollerConfig.DEFINITION, arguments, PollerApp::new);
    }
}
