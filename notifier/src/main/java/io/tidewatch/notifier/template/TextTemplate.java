package io.tidewatch.notifier.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.tidewatch.notifier.payload.EventJson;
import java.io.Writer;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A text with mustache tags. Of the mustache language it has variables, sections and comments. A variable that is not there is
 * empty; a section of what is not there is a fault. Nothing is escaped: the text becomes a JSON string afterwards.
 */
final class TextTemplate {
    /** The library goes one call deeper for each section, and thousands would overflow the stack. */
    private static final int MOST_TAGS = 300;

    private static final Pattern TAG = Pattern.compile("\\{\\{");
    private static final Pattern OTHER_DELIMITERS = Pattern.compile("\\{\\{\\s*=");
    private static final Pattern LINE_END = Pattern.compile("[\\r\\n]+");

    private TextTemplate() {}

    /** @throws TemplateFaultException when it is no template, or beyond a bound */
    static String render(String text, Map<String, Object> data, Budget budget) throws TemplateFaultException {
        requireModest(text);
        try {
            Template template = Mustache.compiler()
                    .escapeHTML(false)
                    .strictSections(true)
                    .emptyStringIsFalse(true)
                    .defaultValue("")
                    .withFormatter(TextTemplate::format)
                    .withLoader(name -> {
                        throw other(name);
                    })
                    .withCollector(new MapsAndLists(budget))
                    .compile(text);
            template.visit(new Others());
            BoundedText rendered = new BoundedText(budget);
            template.execute(data, rendered);
            return rendered.toString();
        } catch (RuntimeException fault) {
            // Whatever the library throws, the cause is what a user wrote.
            throw new TemplateFaultException(reason(fault));
        }
    }

    private static void requireModest(String text) throws TemplateFaultException {
        if (TAG.matcher(text).results().count() > MOST_TAGS) {
            throw new TemplateFaultException("has more than " + MOST_TAGS + " tags");
        }
        // Tags could not be counted.
        if (OTHER_DELIMITERS.matcher(text).find()) {
            throw new TemplateFaultException("has delimiters other than {{ and }}, which is not possible here");
        }
    }

    private static String reason(RuntimeException fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusalException refusal) {
                return refusal.reason();
            }
        }
        return "is faulty: "
                + LINE_END.matcher(String.valueOf(fault.getMessage())).replaceAll(" ");
    }

    private static RefusalException other(String name) {
        return new RefusalException("includes another one, " + name + ", which is not possible here");
    }

    /** An object or a list is written as JSON. */
    private static String format(Object value) {
        return value instanceof Map || value instanceof Collection
                ? EventJson.text(EventJson.MAPPER.<JsonNode>valueToTree(value))
                : String.valueOf(value);
    }

    /** Refuses what nobody sees before a message comes that needs it. */
    private static final class Others implements Mustache.Visitor {
        /** The library takes a tag without an end for a text. */
        @Override
        public void visitText(String text) {
            if (TAG.matcher(text).find()) {
                throw new RefusalException("has a tag without an end");
            }
        }

        @Override
        public void visitVariable(String name) {}

        @Override
        public boolean visitSection(String name) {
            return true;
        }

        @Override
        public boolean visitInvertedSection(String name) {
            return true;
        }

        @Override
        public boolean visitInclude(String name) {
            throw other(name);
        }

        @Override
        public boolean visitParent(String name) {
            return visitInclude(name);
        }

        @Override
        public boolean visitBlock(String name) {
            return visitInclude(name);
        }
    }

    private static final class BoundedText extends Writer {
        private final StringBuilder text = new StringBuilder();
        private final Budget budget;

        BoundedText(Budget budget) {
            this.budget = budget;
        }

        @Override
        public void write(char[] characters, int offset, int length) {
            budget.spendChars(length);
            text.append(characters, offset, length);
        }

        @Override
        public void write(String characters, int offset, int length) {
            budget.spendChars(length);
            text.append(characters, offset, offset + length);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
