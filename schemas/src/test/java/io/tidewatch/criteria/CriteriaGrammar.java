package io.tidewatch.criteria;

import java.util.regex.Pattern;

/**
 * The grammar of the alarm language once more, as one regular expression: a second opinion on what {@link CriteriaParser}
 * accepts. Knows comments up to four deep, and none of the limits, functions and regular expressions' own rules.
 */
final class CriteriaGrammar {
    private static final int MAX_COMMENT_DEPTH = 4;

    private static final String WS = "(?:[\\n \\t]|#[^\\n]*+|" + comment(MAX_COMMENT_DEPTH) + ")*+";
    private static final String STRING = "(?:" + string("\"") + "|" + string("'") + ")";
    private static final String NUMBER = "-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?";
    private static final String METRIC = "metric\\[(?:'[a-zA-Z_ 0-9./-]++'|\"[a-zA-Z_ 0-9./-]++\")\\]";
    private static final String PARAM = ws("(?:" + METRIC + "|" + NUMBER + ")");
    private static final String OPERAND = "(?:" + METRIC + "|[a-zA-Z_]++\\(" + PARAM + "(?:," + PARAM + ")*+\\))";
    private static final String COMPARISON = OPERAND + WS + "(?:(?:>=|<=|>|<|==|!=)" + WS + "(?:" + NUMBER + "|"
            + OPERAND + ")|[=!]=" + WS + STRING + "|n?regex" + WS + STRING + ")";
    private static final String CONDITION = ws("(?:\\(" + ws(COMPARISON) + "\\)|" + COMPARISON + ")");
    private static final String ARGUMENTS = "(?:CRITICAL|OK|WARNING)(?:" + WS + "," + WS + STRING + ")?";
    private static final String RETURN =
            "return " + WS + "(?:new" + WS + "AlarmStatus\\(" + ws(ARGUMENTS) + "\\)" + WS + ";|" + ARGUMENTS + ")";
    private static final String SETTING = ":set" + WS + "(?:consistencyLevel" + ws("=")
            + "(?:ONE|QUORUM|ALL)|consecutiveCount" + ws("=") + "[1-9][0-9]*+|dimensionFilter" + ws("=") + STRING + ")";
    private static final String IF =
            "if" + WS + "\\(" + CONDITION + "(?:(?:&&|\\|\\|)" + CONDITION + ")*+\\)" + ws("\\{") + RETURN + WS + "\\}";
    private static final Pattern CRITERIA =
            Pattern.compile(WS + "(?:" + SETTING + WS + ")*+(?:" + IF + WS + ")*+(?:" + RETURN + WS + ")*+");

    private CriteriaGrammar() {}

    static boolean accepts(String text) {
        return CRITERIA.matcher(text).matches();
    }

    private static String ws(String rule) {
        return WS + rule + WS;
    }

    private static String string(String quote) {
        return quote + "(?:[^\\\\" + quote + "]|\\\\[\"'/\\\\bfnrt]|\\\\u[0-9a-fA-F]{4})*+" + quote;
    }

    private static String comment(int depth) {
        String content = "(?!/\\*|\\*/)[\\s\\S]";
        return "/\\*(?:" + (depth > 1 ? comment(depth - 1) + "|" : "") + content + ")*+\\*/";
    }
}
