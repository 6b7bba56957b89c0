package io.tidewatch.secrets;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The one place where a sealed value can be opened: whoever may write to a topic can't move it to a resource of their own.
 *
 * @param resourceId such as a notification's id
 * @param field the name of the field in the resource's details
 */
public record SecretPlace(String tenantId, String resourceId, String field) {
    /** Each part with its length in front, so that no two places have the same bytes. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            for (String part : List.of(tenantId, resourceId, field)) {
                byte[] text = part.getBytes(StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory could not be written", e);
        }
        return bytes.toByteArray();
    }
}
