package io.tidewatch.system.architecture.offenders.streams;

/** Stands for a part, wired, which others may use. */
public final class StreamsApp {}
