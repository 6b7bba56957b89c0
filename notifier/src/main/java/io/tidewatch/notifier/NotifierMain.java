package io.tidewatch.notifier;

import io.tidewatch.operations.PartMain;

/** The notifier as a process: {@code [--config FILE | --version]}. */
public final class NotifierMain {
    private NotifierMain() {}

    public static void main(String[] arguments) {
        PartMain.run("notifier", NotifierConfig.definition(), arguments, NotifierApp::new);
    }
}
