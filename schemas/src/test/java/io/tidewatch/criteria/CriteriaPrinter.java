package io.tidewatch.criteria;

import io.tidewatch.criteria.Criteria.Comparison;
import io.tidewatch.criteria.Criteria.Conditional;
import io.tidewatch.criteria.Criteria.ConsistencyLevel;
import io.tidewatch.criteria.Criteria.DecimalLiteral;
import io.tidewatch.criteria.Criteria.IntegerLiteral;
import io.tidewatch.criteria.Criteria.Metric;
import io.tidewatch.criteria.Criteria.Operand;
import io.tidewatch.criteria.Criteria.Percentage;
import io.tidewatch.criteria.Criteria.Previous;
import io.tidewatch.criteria.Criteria.Rate;
import io.tidewatch.criteria.Criteria.RegexLiteral;
import io.tidewatch.criteria.Criteria.Return;
import io.tidewatch.criteria.Criteria.TextLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Writes a criteria as text, each time in another of the many ways that the language allows. For one criteria. */
final class CriteriaPrinter {
    private static final List<String> GAPS = List.of(
            "", "", "", " ", "  ", "\n", "\t", "# it's \"if (\n", "/* ; */", "/* /* nested */ **/", "\n\n /**/ # \r\n");

    private final Random choices;
    private final StringBuilder text = new StringBuilder();

    CriteriaPrinter(Random choices) {
        this.choices = choices;
    }

    /** The text, and the criteria with the lines that its returns got there. */
    record Printed(String text, Criteria criteria) {}

    Printed print(Criteria criteria) {
        gap();
        settings(criteria);
        List<Conditional> conditionals = new ArrayList<>();
        for (Conditional conditional : criteria.conditionals()) {
            conditionals.add(conditional(conditional));
        }
        Optional<Return> otherwise = criteria.otherwise().map(this::returned);
        gap();
        return new Printed(
                text.toString(),
                new Criteria(criteria.consistencyLevel(), criteria.consecutiveCount(), conditionals, otherwise));
    }

    private void settings(Criteria criteria) {
        criteria.consecutiveCount().ifPresent(count -> setting("consecutiveCount", Integer.toString(count)));
        if (criteria.consistencyLevel() != ConsistencyLevel.QUORUM || choices.nextBoolean()) {
            setting("consistencyLevel", criteria.consistencyLevel().name());
        }
    }

    private void setting(String name, String value) {
        tokens(":set", name, "=", value);
    }

    private Conditional conditional(Conditional conditional) {
        tokens("if", "(");
        String or = "";
        for (List<Comparison> allOf : conditional.anyOf()) {
            tokens(or);
            or = "||";
            String and = "";
            for (Comparison comparison : allOf) {
                tokens(and);
                and = "&&";
                comparison(comparison);
            }
        }
        tokens(")", "{");
        Return result = returned(conditional.result());
        tokens("}");
        return new Conditional(conditional.anyOf(), result);
    }

    private void comparison(Comparison comparison) {
        boolean parenthesized = choices.nextBoolean();
        tokens(parenthesized ? "(" : "");
        tokens(operand(comparison.left()), comparison.operator().sign(), operand(comparison.right()));
        tokens(parenthesized ? ")" : "");
    }

    private String operand(Operand operand) {
        if (operand instanceof Metric metric) {
            String quote = quote();
            return "metric[" + quote + metric.name() + quote + "]";
        }
        if (operand instanceof Previous previous) {
            return "previous(" + operand(previous.metric()) + ")";
        }
        if (operand instanceof Rate rate) {
            return "rate(" + gapText() + operand(rate.metric()) + gapText() + ")";
        }
        if (operand instanceof Percentage percentage) {
            return "percentage(" + operand(percentage.part()) + gapText() + "," + gapText()
                    + operand(percentage.whole()) + ")";
        }
        if (operand instanceof IntegerLiteral integer) {
            return Long.toString(integer.value());
        }
        if (operand instanceof DecimalLiteral decimal) {
            return Double.toString(decimal.value());
        }
        return string(operand instanceof TextLiteral literal ? literal.value() : ((RegexLiteral) operand).pattern());
    }

    private Return returned(Return result) {
        int line = 1 + (int) text.chars().filter(c -> c == '\n').count();
        text.append("return ");
        gap();
        boolean deprecated = choices.nextBoolean();
        if (!deprecated) {
            tokens("new", "AlarmStatus(");
        }
        tokens(result.verdict().name());
        result.message().ifPresent(message -> tokens(",", string(message)));
        if (!deprecated) {
            tokens(")", ";");
        }
        return new Return(result.verdict(), result.message(), line);
    }

    private String string(String value) {
        String quote = quote();
        StringBuilder literal = new StringBuilder(quote);
        value.chars().forEach(c -> literal.append(character((char) c, quote)));
        return literal.append(quote).toString();
    }

    private String character(char c, String quote) {
        if (c == '\\' || c == quote.charAt(0)) {
            return "\\" + c;
        }
        int escape = "\b\f\n\r\t".indexOf(c);
        return switch (choices.nextInt(4)) {
            case 0 -> String.format("\\u%04x", (int) c);
            case 1 -> escape < 0 ? String.valueOf(c) : "\\" + "bfnrt".charAt(escape);
            default -> String.valueOf(c);
        };
    }

    private String quote() {
        return choices.nextBoolean() ? "'" : "\"";
    }

    private void tokens(String... tokens) {
        for (String token : tokens) {
            text.append(token);
            gap();
        }
    }

    private void gap() {
        text.append(gapText());
    }

    private String gapText() {
        return GAPS.get(choices.nextInt(GAPS.size()));
    }
}
