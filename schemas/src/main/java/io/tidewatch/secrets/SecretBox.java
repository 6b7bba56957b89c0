package io.tidewatch.secrets;

import io.tidewatch.settings.Settings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Seals secrets, and opens them again, with the keys of the setting {@value #KEYS}. The first key seals, all of them open, so that a new
 * one can be put in front. Thread-safe.
 *
 * <p>What is sealed reads {@code 1:<key's id>:<base64>}: the form's version, and of AES-GCM the nonce followed by its output. Bound to
 * it is the {@link SecretPlace}.
 *
 * <p>Source: NIST SP 800-38D: nonces of 96 random bits, a tag of 128 bits, and no more than 2^32 values for one key, which takes a
 * thousand changes a second for fifty days.
 */
public final class SecretBox {
    public static final String KEYS = "secrets.keys";

    private static final String VERSION = "1";
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Version, key's id, then base64. */
    private static final Pattern SEALED = Pattern.compile("1:([-_0-9A-Za-z]{1,32}):([+/=0-9A-Za-z]+)");

    private final Map<String, Key> keys;
    private final String sealingId;
    private final SecureRandom random = new SecureRandom();

    private SecretBox(Map<String, Key> keys) {
        this.keys = new LinkedHashMap<>(keys);
        this.sealingId = keys.keySet().iterator().next();
    }

    /** Adds the key to a part's definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition.define(
                KEYS,
                Type.PASSWORD,
                "",
                LambdaValidator.with(SecretBox::check, () -> "id:base64 of 32 bytes, separated by commas"),
                Importance.HIGH,
                "The keys that tenants' secrets are sealed with on their way from the gateway to the notifier, as id:key,"
                        + " separated by commas; a key is 32 random bytes in base64. The first seals and all open: put a new"
                        + " one in front, and keep the old one as long as something is sealed with it. Without any, no"
                        + " notification with a secret can be created, and none can be used.");
    }

    /** Empty when there are no keys. */
    public static Optional<SecretBox> from(Settings settings) {
        Map<String, Key> keys = SecretKeys.parse(settings.getPassword(KEYS).value());
        return keys.isEmpty() ? Optional.empty() : Optional.of(new SecretBox(keys));
    }

    /** What can be opened in that place alone; different each time. */
    public String seal(String secret, SecretPlace place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] output = cipher(Cipher.ENCRYPT_MODE, requireKey(sealingId), nonce, place)
                    .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = ByteBuffer.allocate(nonce.length + output.length)
                    .put(nonce)
                    .put(output)
                    .array();
            return String.join(":", VERSION, sealingId, Base64.getEncoder().encodeToString(sealed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java can't seal with " + ALGORITHM, e);
        }
    }

    /**
     * The secret that was sealed in that place.
     *
     * @throws SealedSecretException when the key is missing, or it was sealed with another one or in another place, or has been changed
     */
    public String open(String sealed, SecretPlace place) {
        Matcher form = SEALED.matcher(sealed);
        if (!form.matches()) {
            throw new SealedSecretException("A sealed secret has a form that this version can't read", null);
        }
        String id = form.group(1);
        Key key = requireKey(id);
        try {
            byte[] bytes = Base64.getDecoder().decode(form.group(2));
            if (bytes.length < NONCE_BYTES) {
                throw new SealedSecretException("A sealed secret is cut short", null);
            }
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key, nonce, place)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            return new String(plain, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SealedSecretException(
                    "A sealed secret can't be opened with the key " + id
                            + ": it was sealed with another key of that id, or in another place, or has been changed",
                    e);
        }
    }

    /** The ids of the keys, and nothing of the keys. */
    @Override
    public String toString() {
        return "SecretBox" + keys.keySet();
    }

    private Key requireKey(String id) {
        Key key = keys.get(id);
        if (key == null) {
            throw new SealedSecretException(
                    "A secret is sealed with the key " + id + ", which the setting " + KEYS + " does not have", null);
        }
        return key;
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, SecretPlace place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.bytes());
        return cipher;
    }

    private static void check(String name, Object keys) {
        try {
            SecretKeys.parse(((Password) keys).value());
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, Password.HIDDEN, e.getMessage());
        }
    }
}
