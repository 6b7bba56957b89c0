package io.tidewatch.poller.probe;

/** A check that is ready to run: its settings are read, its patterns compiled. Immutable, and runs any number of times. */
public interface Probe {
    /**
     * Begins one run and returns without waiting. Called on the run's event loop. However it goes, the run is
     * {@linkplain Run#finish finished} later or right away; the run itself sees to its deadline.
     */
    void begin(Run run);
}
