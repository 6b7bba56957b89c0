package io.tidewatch.criteria;

/** The classes of characters that the language knows; ASCII only. */
enum CharacterClass {
    DIGIT {
        @Override
        boolean contains(char c) {
            return c >= '0' && c <= '9';
        }
    },
    FUNCTION_NAME {
        @Override
        boolean contains(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        }
    },
    METRIC_NAME {
        @Override
        boolean contains(char c) {
            return FUNCTION_NAME.contains(c) || DIGIT.contains(c) || " ./-".indexOf(c) >= 0;
        }
    };

    abstract boolean contains(char c);
}
