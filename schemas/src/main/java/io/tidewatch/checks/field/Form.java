package io.tidewatch.checks.field;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The form of a field's values: which are accepted, and what they are read as. A value is given as Avro's Java classes
 * have it: a Boolean, Long, Double or String, a list of strings, or a map of strings. Immutable.
 *
 * @param <T> what a fitting value becomes when it is read
 */
public interface Form<T> {
    FieldKind kind();

    /** What is accepted, to be read after "has to be". */
    String accepted();

    /** The limits by name, as numbers or lists of texts: what a program needs to draw an input field. */
    Map<String, Object> limits();

    /**
     * Reads a value.
     *
     * @param field the value's path inside of the details, for the message
     * @throws InvalidDetailsException when the value does not fit
     */
    T read(String field, Object given);

    /**
     * The value as it is to be stored: as it was given, unless it was a number or a truth value written as a text.
     *
     * @throws InvalidDetailsException when the value does not fit
     */
    default Object stored(String field, Object given) {
        read(field, given);
        return given;
    }

    /** A text of 1 to {@code maxChars} characters. */
    static Form<String> text(int maxChars) {
        return text(maxChars, text -> Optional.empty());
    }

    /**
     * As {@link #text(int)}, unless there is an objection.
     *
     * @param objection why a text does not fit, to be read after the value's path; empty when it does
     */
    static Form<String> text(int maxChars, Function<String, Optional<String>> objection) {
        return new TextForm(maxChars, objection);
    }

    /** One of some texts, written exactly so. */
    static Form<String> oneOf(String... choices) {
        return new ChoiceForm(List.of(choices));
    }

    /** A whole number; written as a text, too. */
    static Form<Integer> integer(int min, int max) {
        return new IntegerForm(min, max);
    }

    /** True or false; written as a text, too. */
    static Form<Boolean> flag() {
        return new FlagForm();
    }

    /** A regular expression to search for. */
    static Form<SearchPattern> pattern() {
        return new PatternForm();
    }

    /** An absolute http or https URL. */
    static Form<HttpUrl> httpUrl() {
        return new UrlForm();
    }

    /** A map from texts to values that are texts in what is given. */
    static <V> Form<Map<String, V>> map(int maxPairs, Form<String> keys, Form<V> values) {
        return new MapForm<>(maxPairs, keys, values);
    }

    /** A list of texts. */
    static Form<List<String>> list(int maxItems, Form<String> items) {
        return list(0, maxItems, items);
    }

    /** As {@link #list(int, Form)}, of so many items at least. */
    static Form<List<String>> list(int minItems, int maxItems, Form<String> items) {
        return new ListForm(minItems, maxItems, items);
    }

    /**
     * Headers of an HTTP request, by name.
     *
     * @param objection why a header may not be given, to be read after "a key that"; empty when it may
     */
    static Form<Map<String, String>> headers(
            int maxPairs, int maxValueChars, Function<String, Optional<String>> objection) {
        return map(
                maxPairs,
                text(
                        HttpHeaders.MAX_NAME_CHARS,
                        name -> HttpHeaders.objectionToName(name).or(() -> objection.apply(name))),
                text(maxValueChars, HttpHeaders::objectionToValue));
    }
}
