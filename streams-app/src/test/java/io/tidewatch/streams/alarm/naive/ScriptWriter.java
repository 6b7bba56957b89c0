package io.tidewatch.streams.alarm.naive;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes a script down in the alarm language, with white space, comments, quotes and escapes as chance has it. */
final class ScriptWriter {
    private static final List<String> SPACES = List.of(
            "",
            "",
            "",
            "",
            " ",
            " ",
            " ",
            "\n",
            "\t",
            "  \n\n ",
            "# if (x) { return OK }\n",
            "/* a */",
            "/*/* b */ ' */ ");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final List<Integer> lines = new ArrayList<>();

    private ScriptWriter(Random random) {
        this.random = random;
    }

    /**
     * A script's text.
     *
     * @param lines the lines that its returns stand on, in their order, those of the blocks first
     */
    record Written(String text, List<Integer> lines) {}

    static Written write(Script script, Random random) {
        ScriptWriter writer = new ScriptWriter(random);
        writer.script(script);
        return new Written(writer.text.toString(), List.copyOf(writer.lines));
    }

    private void script(Script script) {
        space();
        settings(script);
        script.blocks().forEach(this::block);
        script.endings().forEach(ending -> {
            returned(ending);
            text.append(random.nextBoolean() ? "\n" : " ");
        });
    }

    private void settings(Script script) {
        boolean twice = random.nextInt(8) == 0;
        if (twice) {
            // Of two settings the last one stands.
            set("consistencyLevel", "ONE");
        }
        if (twice || script.level() != Script.Level.QUORUM || random.nextInt(3) == 0) {
            set("consistencyLevel", script.level().name());
        }
        script.count().ifPresent(count -> {
            if (twice) {
                set("consecutiveCount", "4");
            }
            set("consecutiveCount", Integer.toString(count));
        });
        script.dimension().ifPresent(dimension -> set("dimensionFilter", string(dimension)));
    }

    private void set(String name, String value) {
        text.append(":set");
        space();
        text.append(name);
        space();
        text.append('=');
        space();
        text.append(value);
        space();
    }

    private void block(Script.Block block) {
        text.append("if");
        space();
        text.append('(');
        for (int i = 0; i < block.anyOf().size(); i++) {
            text.append(i == 0 ? "" : "||");
            for (int j = 0; j < block.anyOf().get(i).size(); j++) {
                text.append(j == 0 ? "" : "&&");
                condition(block.anyOf().get(i).get(j));
            }
        }
        text.append(')');
        space();
        text.append('{');
        space();
        returned(block.then());
        space();
        text.append('}');
        space();
    }

    private void condition(Script.Comparison comparison) {
        boolean parentheses = random.nextInt(4) == 0;
        space();
        text.append(parentheses ? "(" : "");
        space();
        operand(comparison.left());
        space();
        text.append(comparison.operator());
        space();
        operand(comparison.right());
        space();
        text.append(parentheses ? ")" : "");
        space();
    }

    private void operand(Script.Operand operand) {
        if (operand instanceof Script.Metric metric) {
            String quote = random.nextBoolean() ? "'" : "\"";
            text.append("metric[")
                    .append(quote)
                    .append(metric.name())
                    .append(quote)
                    .append("]");
        } else if (operand instanceof Script.Previous previous) {
            call("previous", previous.metric());
        } else if (operand instanceof Script.Rate rate) {
            call("rate", rate.metric());
        } else if (operand instanceof Script.Percentage percentage) {
            call("percentage", percentage.part(), percentage.whole());
        } else if (operand instanceof Script.Numeral number) {
            text.append(number(number.value()));
        } else if (operand instanceof Script.Text literal) {
            text.append(string(literal.value()));
        } else if (operand instanceof Script.Regex regex) {
            text.append(string(regex.pattern()));
        }
    }

    private void call(String function, Script.Operand... arguments) {
        text.append(function).append('(');
        for (int i = 0; i < arguments.length; i++) {
            text.append(i == 0 ? "" : ",");
            space();
            operand(arguments[i]);
            space();
        }
        text.append(')');
    }

    private void returned(Script.Return returned) {
        lines.add(1 + (int) text.chars().filter(c -> c == '\n').count());
        text.append("return ");
        space();
        text.append(returned.form() == 0 ? "new" : "");
        space();
        text.append(returned.form() == 0 ? "AlarmStatus(" : "");
        space();
        text.append(returned.state());
        returned.message().ifPresent(message -> {
            space();
            text.append(',');
            space();
            text.append(string(message));
        });
        if (returned.form() == 0) {
            space();
            text.append(')');
            space();
            text.append(';');
        }
    }

    private void space() {
        text.append(SPACES.get(random.nextInt(SPACES.size())));
    }

    private String number(Object value) {
        if (value instanceof Long) {
            return value.toString();
        }
        double number = (Double) value;
        String plain = new BigDecimal(number).toPlainString();
        return switch (random.nextInt(3)) {
            case 0 -> Double.toString(number);
            case 1 -> Double.toString(number).replace("E", "e").replaceFirst("e(\\d)", "e+$1");
            default -> plain.contains(".") ? plain : plain + ".0";
        };
    }

    private String string(String value) {
        char quote = random.nextBoolean() ? '\'' : '"';
        StringBuilder written = new StringBuilder().append(quote);
        // Half a surrogate pair would not survive the way to the engine, which is UTF-8.
        value.codePoints().forEach(codePoint -> {
            if (random.nextInt(15) == 0) {
                String format = random.nextBoolean() ? "\\u%04x" : "\\u%04X";
                Character.toString(codePoint).chars().forEach(c -> written.append(format.formatted(c)));
            } else {
                Character.toString(codePoint).chars().forEach(c -> written.append(character((char) c, quote)));
            }
        });
        return written.append(quote).toString();
    }

    private String character(char c, char quote) {
        boolean escaped = c == quote || c == '\\' || (random.nextBoolean() && "'\"/\n\t".indexOf(c) >= 0);
        return switch (c) {
            case '\n' -> escaped ? "\\n" : "\n";
            case '\t' -> escaped ? "\\t" : "\t";
            default -> escaped ? "\\" + c : Character.toString(c);
        };
    }
}
