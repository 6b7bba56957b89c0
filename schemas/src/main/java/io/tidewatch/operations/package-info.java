/** What an operator sees of a running part: liveness, readiness, metrics. For every part. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.operations;
