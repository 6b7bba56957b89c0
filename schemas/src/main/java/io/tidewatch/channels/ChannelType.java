package io.tidewatch.channels;

import io.tidewatch.checks.field.DeclaredFields;
import io.tidewatch.checks.field.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The declaration of a type of notification: all that Tidewatch knows of it, but for how the notifier sends. Immutable.
 *
 * @param id the type's name in the API and on the wire, such as {@code webhook}
 * @param label a name for people
 * @param description what is sent to whom, for people: one or more sentences
 * @param fields what its details may say
 */
public record ChannelType(String id, String label, String description, List<Field<?>> fields) {
    public ChannelType {
        fields = List.copyOf(fields);
    }

    /** A type whose messages go over HTTP: with those fields, and those of {@link Proxy}. */
    static ChannelType overHttp(String id, String label, String description, Field<?>... fields) {
        return new ChannelType(
                id,
                label,
                description,
                Stream.concat(Stream.of(fields), Proxy.FIELDS.stream()).toList());
    }

    /** A type with those fields, and no others. */
    static ChannelType of(String id, String label, String description, Field<?>... fields) {
        return new ChannelType(id, label, description, List.of(fields));
    }

    /**
     * Details as they are to be stored: every field fits its declaration, and there are no others.
     *
     * @param given values as Avro's Java classes have them
     * @param untouched the fields whose values are not looked at, because they stand for values that fit
     * @throws io.tidewatch.checks.field.InvalidDetailsException naming what is missing, unknown or unfit
     */
    public Map<String, Object> stored(Map<String, Object> given, Set<String> untouched) {
        return DeclaredFields.stored(fields, given, untouched);
    }
}
