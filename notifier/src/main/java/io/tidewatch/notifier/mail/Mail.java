package io.tidewatch.notifier.mail;

import java.time.Instant;

/**
 * A mail to one address.
 *
 * @param id the same for every attempt; its Message-ID is made of it
 * @param thread the same for all mails that belong together
 * @param to an address
 * @param subject one line
 * @param body plain text
 * @param at when it is sent
 */
public record Mail(String id, String thread, String to, String subject, String body, Instant at) {}
