package io.tidewatch.secrets;

import java.security.Key;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/** The keys as the setting has them: {@code id:base64}, separated by commas. */
final class SecretKeys {
    private static final int KEY_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[-_0-9A-Za-z]{1,32}");

    private SecretKeys() {}

    /**
     * @return the keys by id, in the order in which they are given; none of an empty text
     * @throws IllegalArgumentException saying what is wrong, without anything of a key's bytes
     */
    static Map<String, Key> parse(String text) {
        Map<String, Key> keys = new LinkedHashMap<>();
        if (text.isBlank()) {
            return keys;
        }
        int number = 0;
        for (String item : text.split(",", -1)) {
            number++;
            int colon = item.indexOf(':');
            String id = item.substring(0, Math.max(0, colon)).strip();
            if (!ID.matcher(id).matches()) {
                throw new IllegalArgumentException("key " + number
                        + " does not begin with an id of 1 to 32 letters, digits, '_' and '-', and a colon");
            }
            if (keys.put(id, key(id, item.substring(colon + 1).strip())) != null) {
                throw new IllegalArgumentException("two keys have the id " + id);
            }
        }
        return keys;
    }

    private static Key key(String id, String base64) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key " + id + " is not in base64", e);
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "the key " + id + " has " + bytes.length + " bytes, but has to have " + KEY_BYTES);
        }
        return new SecretKeySpec(bytes, "AES");
    }
}
