package io.tidewatch.operations;

import java.util.List;
import java.util.function.Supplier;

/**
 * The health of a part: whether it lives, and whether it is ready. Suppliers are called from HTTP threads, at any time.
 *
 * @param deadBecause reasons why only a restart can help; empty while the part lives
 * @param unreadyBecause reasons why the part can't do its work right now; empty when it is ready
 */
public record Health(Supplier<List<String>> deadBecause, Supplier<List<String>> unreadyBecause) {}
