package io.tidewatch.checks.field;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One field of the details of a check or of a notification: its declaration, and how it is read. A value that is null or an empty text counts as
 * absent. Immutable.
 *
 * @param <T> what it is read as; an {@link Optional} for a field that may be absent and has no default
 */
public final class Field<T> {
    private final String name;
    private final Form<?> form;
    private final String description;
    private final @Nullable Object otherwise;
    private final boolean required;
    private final boolean secret;
    private final Reader<T> reader;

    private Field(
            String name,
            Form<?> form,
            String description,
            @Nullable Object otherwise,
            boolean required,
            boolean secret,
            Reader<T> reader) {
        this.name = name;
        this.form = form;
        this.description = description;
        this.otherwise = otherwise;
        this.required = required;
        this.secret = secret;
        this.reader = reader;
    }

    /** A field that has to be there. */
    public static <T> Field<T> required(String name, Form<T> form, String description) {
        return new Field<>(name, form, description, null, true, false, value -> {
            if (value.isEmpty()) {
                throw new InvalidDetailsException(name, "is required, and has to be " + form.accepted());
            }
            return form.read(name, value.get());
        });
    }

    /** A field that may be absent. */
    public static <T> Field<Optional<T>> optional(String name, Form<T> form, String description) {
        return new Field<>(
                name, form, description, null, false, false, value -> value.map(given -> form.read(name, given)));
    }

    /** A field that stands for {@code otherwise} when it is absent. */
    public static <T> Field<T> withDefault(String name, Form<T> form, T otherwise, String description) {
        return new Field<>(
                name,
                form,
                description,
                otherwise,
                false,
                false,
                value -> value.map(given -> form.read(name, given)).orElse(otherwise));
    }

    /** The same field with a value that nobody gets to see. */
    public Field<T> secret() {
        return new Field<>(name, form, description, otherwise, required, true, reader);
    }

    public String name() {
        return name;
    }

    public Form<?> form() {
        return form;
    }

    /** What it means, for people: one or more sentences. */
    public String description() {
        return description;
    }

    public boolean isRequired() {
        return required;
    }

    /** What it stands for when it is absent. */
    public Optional<Object> otherwise() {
        return Optional.ofNullable(otherwise);
    }

    /** Whether its value is to be kept from everybody but the target. */
    public boolean isSecret() {
        return secret;
    }

    /**
     * The value to store; empty when the field may be absent, and is.
     *
     * @throws InvalidDetailsException when it is missing or unfit
     */
    public Optional<Object> stored(Map<String, Object> details) {
        read(details);
        return given(details).map(value -> form.stored(name, value));
    }

    T read(Map<String, Object> details) {
        return reader.read(given(details));
    }

    private Optional<Object> given(Map<String, Object> details) {
        return Optional.ofNullable(details.get(name)).filter(value -> !value.equals(""));
    }

    private interface Reader<T> {
        T read(Optional<Object> given);
    }
}
