/**
 * The catalogue of channels, by which somebody is told of news: a class for each type of notification, with the fields of its details.
 * For the gateway, which checks requests with it, for the notifier, which sends, and for the documentation.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.channels;
