package io.tidewatch.checks.field;

import java.util.Map;

/** A regular expression, which is compiled when it is read, and refused when it would take too long to search for. */
record PatternForm() implements Form<SearchPattern> {
    @Override
    public FieldKind kind() {
        return FieldKind.PATTERN;
    }

    @Override
    public String accepted() {
        return "a regular expression in RE2 syntax of 1 to " + SearchPattern.MAX_CHARS + " characters";
    }

    @Override
    public Map<String, Object> limits() {
        return Map.of("max_characters", SearchPattern.MAX_CHARS);
    }

    @Override
    public SearchPattern read(String field, Object given) {
        return SearchPattern.compile(field, TextForm.within(SearchPattern.MAX_CHARS, accepted(), field, given));
    }
}
