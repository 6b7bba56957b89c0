package io.tidewatch.system.architecture.offenders.poller;

/** Stands for the settings of a part, which others may use. */
public final class PollerConfig {}
