package io.tidewatch.system.architecture.offenders.streams;

/** Stands for what a part has inside. */
public final class Engine {}
