package io.tidewatch.system.architecture.offenders.poller;

import io.tidewatch.system.architecture.offenders.streams.StreamsApp;

/** Stands for a part that knows another one. */
public record AskingApp(StreamsApp other) {}
