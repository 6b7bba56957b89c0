package io.tidewatch.settings;

import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;

/** Judges settings that are lists. */
public final class EachElement {
    private EachElement() {}

    /**
     * Accepts lists whose elements can all be parsed.
     *
     * @param parse throws an IllegalArgumentException that says what is wrong
     * @param form what the elements are, for people: "address ranges"
     */
    public static ConfigDef.Validator parsesBy(Consumer<String> parse, String form) {
        return LambdaValidator.with(
                (name, value) -> {
                    for (Object element : (List<?>) value) {
                        try {
                            parse.accept(String.valueOf(element));
                        } catch (IllegalArgumentException e) {
                            throw new ConfigException(name, value, e.getMessage());
                        }
                    }
                },
                () -> form + ", separated by commas");
    }
}
