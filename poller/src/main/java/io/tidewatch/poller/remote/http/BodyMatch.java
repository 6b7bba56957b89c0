package io.tidewatch.poller.remote.http;

import io.tidewatch.poller.probe.SearchPattern;

/**
 * What is searched for in a response's body.
 *
 * @param metric the metric that tells what was found: {@code body_match}, or with {@code _<key>}
 */
record BodyMatch(String metric, SearchPattern pattern) {}
