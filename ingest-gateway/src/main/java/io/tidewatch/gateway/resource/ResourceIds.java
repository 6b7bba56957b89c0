package io.tidewatch.gateway.resource;

import java.security.SecureRandom;

/** New ids in Rackspace's form: two letters that tell the kind, then ten letters and digits that can't be guessed. */
public final class ResourceIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_CHARS = 10;

    private final SecureRandom random = new SecureRandom();

    public String next(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        random.ints(RANDOM_CHARS, 0, ALPHABET.length()).forEach(index -> id.append(ALPHABET.charAt(index)));
        return id.toString();
    }
}
