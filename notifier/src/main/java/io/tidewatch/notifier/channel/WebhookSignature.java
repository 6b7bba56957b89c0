package io.tidewatch.notifier.channel;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By which a receiver knows that a message is from us, is whole, and is new. Source: Standard Webhooks 1.0, {@code
 * spec/standard-webhooks.md}.
 */
final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";

    private WebhookSignature() {}

    /**
     * The headers of an attempt; without a secret, there is no signature among them.
     *
     * @param secret {@code whsec_} and a key in base64
     * @throws UnfitDetailsException when it is something else
     */
    static Map<String, String> headers(Optional<String> secret, String id, Instant now, String body) {
        Map<String, String> headers = new LinkedHashMap<>();
        String timestamp = Long.toString(now.getEpochSecond());
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        secret.ifPresent(given ->
                headers.put("webhook-signature", "v1," + signature(key(given), id + "." + timestamp + "." + body)));
        return headers;
    }

    private static byte[] key(String secret) {
        String base64 = secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret;
        try {
            byte[] key = Base64.getDecoder().decode(base64);
            if (key.length > 0) {
                return key;
            }
        } catch (IllegalArgumentException notBase64) {
            // Said below.
        }
        throw new UnfitDetailsException("signing_secret", "is not whsec_ and a key in base64");
    }

    private static String signature(byte[] key, String signed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM, e);
        }
    }
}
