package io.tidewatch.operations;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this code. */
public final class Version {
    private static final String RESOURCE = "version.txt";

    private Version() {}

    /** As in the project's POM, such as {@code 0.1.0}. */
    public static String current() {
        try (InputStream text = Objects.requireNonNull(Version.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The version can't be read", e);
        }
    }
}
