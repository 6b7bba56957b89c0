package io.tidewatch.notifier.http;

/** How a message is handed to a receiver. */
public enum HttpMethod {
    POST,
    PUT
}
