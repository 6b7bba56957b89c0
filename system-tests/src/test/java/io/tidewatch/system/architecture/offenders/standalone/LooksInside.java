package io.tidewatch.system.architecture.offenders.standalone;

import io.tidewatch.system.architecture.offenders.poller.PollerConfig;
import io.tidewatch.system.architecture.offenders.streams.Engine;
import io.tidewatch.system.architecture.offenders.streams.StreamsApp;

/** Uses of two parts what it may, and of one what it may not. */
public record LooksInside(PollerConfig settings, StreamsApp app, Engine engine) {}
