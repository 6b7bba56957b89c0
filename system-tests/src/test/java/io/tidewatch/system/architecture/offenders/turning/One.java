package io.tidewatch.system.architecture.offenders.turning;

import io.tidewatch.system.architecture.offenders.turning.other.Another;

/** Needs a class of another package, which needs this one. */
public interface One {
    Another another();
}
