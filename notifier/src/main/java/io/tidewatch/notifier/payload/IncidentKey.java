package io.tidewatch.notifier.payload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keys that receivers know problems by. Pure. */
final class IncidentKey {
    private static final int HASH_CHARS = 32;

    private IncidentKey() {}

    /** The key itself, or its hash when it is longer than the receiver takes. */
    static String of(String key, int most) {
        return key.length() <= most ? key : hash(key);
    }

    private static String hash(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, HASH_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
