package io.tidewatch.poller.remote.http;

import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.field.SearchPattern;

/**
 * What is searched for in a response's body.
 *
 * @param metric the metric that tells what was found: {@code body_match}, or with {@code _<key>}
 */
record BodyMatch(DeclaredMetric metric, SearchPattern pattern) {}
