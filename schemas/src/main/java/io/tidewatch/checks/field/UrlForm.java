package io.tidewatch.checks.field;

import java.util.Map;

/** An absolute http or https URL. */
record UrlForm() implements Form<HttpUrl> {
    @Override
    public FieldKind kind() {
        return FieldKind.URL;
    }

    @Override
    public String accepted() {
        return "an absolute http or https URL of at most " + HttpUrl.MAX_CHARS
                + " characters, without user and password";
    }

    @Override
    public Map<String, Object> limits() {
        return Map.of("max_characters", HttpUrl.MAX_CHARS);
    }

    @Override
    public HttpUrl read(String field, Object given) {
        try {
            return HttpUrl.parse(TextForm.within(HttpUrl.MAX_CHARS, accepted(), field, given));
        } catch (IllegalArgumentException e) {
            throw new InvalidDetailsException(field, String.valueOf(e.getMessage()));
        }
    }
}
