package io.tidewatch.system.architecture.offenders.turning.other;

import io.tidewatch.system.architecture.offenders.turning.One;

/** Needs a class of another package, which needs this one. */
public interface Another {
    One one();
}
