package io.tidewatch.criteria;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The text of a return with {@code #{name}} in it, taken apart once, so that rendering it for each observation only puts
 * pieces together. Immutable.
 */
public final class MessageTemplate {
    /** The longest message that is emitted, in UTF-16 units. */
    public static final int MAX_LENGTH = 128;

    private final List<Part> parts;

    private MessageTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Every text is a template; one without {@code #{name}} always renders to itself. */
    public static MessageTemplate parse(String text) {
        List<Part> parts = new ArrayList<>();
        int done = 0;
        int open = -1;
        for (int at = 0; at < text.length(); at++) {
            if (text.startsWith("#{", at)) {
                open = at;
            } else if (text.charAt(at) == '}' && open >= 0) {
                parts.add(new Text(text.substring(done, open)));
                parts.add(new Placeholder(text.substring(open, at + 1), text.substring(open + 2, at)));
                done = at + 1;
                open = -1;
            }
        }
        parts.add(new Text(text.substring(done)));
        return new MessageTemplate(parts);
    }

    /** How many pieces {@link #render} puts together at most. */
    public int parts() {
        return parts.size();
    }

    /**
     * The message for one observation, cut to {@link #MAX_LENGTH}.
     *
     * @param valueOf gives a metric's value in the observation by its name, null when it has none: then the placeholder
     *     stays as written
     */
    public String render(Function<String, ? extends @Nullable Object> valueOf) {
        StringBuilder message = new StringBuilder();
        for (Part part : parts) {
            if (message.length() > MAX_LENGTH) {
                break;
            }
            message.append(part.render(valueOf));
        }
        return cut(message.toString());
    }

    /** The message as it is emitted: at most {@link #MAX_LENGTH} long, without half of a surrogate pair at its end. */
    public static String cut(String message) {
        if (message.length() <= MAX_LENGTH) {
            return message;
        }
        boolean splitsPair = Character.isSurrogatePair(message.charAt(MAX_LENGTH - 1), message.charAt(MAX_LENGTH));
        return message.substring(0, splitsPair ? MAX_LENGTH - 1 : MAX_LENGTH);
    }

    private sealed interface Part {
        String render(Function<String, ? extends @Nullable Object> valueOf);
    }

    private record Text(String text) implements Part {
        @Override
        public String render(Function<String, ? extends @Nullable Object> valueOf) {
            return text;
        }
    }

    private record Placeholder(String written, String metric) implements Part {
        @Override
        public String render(Function<String, ? extends @Nullable Object> valueOf) {
            Object value = valueOf.apply(metric);
            return value == null ? written : CanonicalForm.of(value);
        }
    }
}
