package io.tidewatch.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are refused, where, and with which sentence. The place is marked with ▲ in front of the offending token. */
final class CriteriaRefusalTest {
    private static final String MARK = "▲";

    @Test
    void saysWhichTokenItExpected() {
        refuses("▲alarm", "alarm", "expected ':set', 'if', 'return' or the end of the text, but found 'alarm'");
        refuses("if ▲metric['a'] > 1", "metric", "expected '(' after 'if', but found 'metric'");
        refuses(
                "if (metric['a'] > 1▲",
                "end of text",
                "expected '&&', '||' or ')' after the comparison, but found the end of the text");
        refuses("if (metric['a'] > 1) ▲return OK", "return", "expected '{' after the condition, but found 'return'");
        refuses("if (metric['a'] > 1) { ▲OK }", "OK", "expected 'return' in the block of an 'if', but found 'OK'");
        refuses(
                "if (metric['a'] > 1) { return OK ▲return OK }",
                "return",
                "expected '}' after the return, but found 'return'");
        refuses(
                "if (metric['a'] > 1▲ms) { return OK }",
                "ms",
                "expected '&&', '||' or ')' after the comparison, but found 'ms'");
        refuses("if (▲) { return OK }", ")", "expected a metric or a function, but found ')'");
        refuses("return new ▲Status(OK);", "Status", "expected 'AlarmStatus' after 'new', but found 'Status'");
        refuses("return new AlarmStatus▲ (OK);", " ", "expected '(' right after 'AlarmStatus', but found a space");
        refuses("return new AlarmStatus(▲);", ")", "expected OK, WARNING or CRITICAL, but found ')'");
        refuses("return ▲UNKNOWN", "UNKNOWN", "expected OK, WARNING or CRITICAL, but found 'UNKNOWN'");
        refuses("return ▲ok", "ok", "expected OK, WARNING or CRITICAL, but found 'ok'");
        refuses("return new AlarmStatus(OK, ▲5);", "5", "expected the status text, in quotes, but found '5'");
        refuses(
                "return new AlarmStatus(OK ▲'x');",
                "'x'",
                "expected ')' after the arguments of AlarmStatus, but found the string 'x'");
        refuses("return OK,▲ ", "end of text", "expected the status text, in quotes, but found the end of the text");
    }

    @Test
    void wantsASemicolonAfterANewStatusOnly() {
        refuses("return new AlarmStatus(OK)\n▲}", "}", "expected ';' after the return, but found '}'");
        refuses(
                "return OK▲;",
                ";",
                "expected 'return' or the end of the text, but found ';'; only 'return new AlarmStatus(...);' ends with a ';'");
        refuses(
                "if (metric['a'] > 1) { return OK▲; }",
                ";",
                "expected '}' after the return, but found ';'; only 'return new AlarmStatus(...);' ends with a ';'");
    }

    @Test
    void pointsBehindTheLastTokenWhenTheTextEndsTooEarly() {
        refuses(
                "return new AlarmStatus(OK)▲ \n\n # that was all",
                "end of text",
                "expected ';' after the return, but found the end of the text");
        refuses("if▲\n", "end of text", "expected '(' after 'if', but found the end of the text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\t", "(", "/**/ ", "#\n"})
    void wantsASpaceRightAfterReturn(String other) {
        CriteriaException refusal = refusal("if (metric['a'] > 1) { return" + other + "OK }");

        assertThat(refusal).hasMessageStartingWith("expected a space right after 'return', but found ");
        assertThat(refusal.position()).isEqualTo(29);
    }

    @Test
    void wantsTheOrderOfSettingsConditionsAndReturns() {
        refuses(
                "if (metric['a'] > 1) { return OK } ▲:set consecutiveCount=2",
                ":set",
                "expected 'if', 'return' or the end of the text, but found ':set'; every ':set' stands before the first 'if' and 'return'");
        refuses(
                "return OK ▲:set consecutiveCount=2",
                ":set",
                "expected 'return' or the end of the text, but found ':set'; every ':set' stands before the first 'if' and 'return'");
        refuses(
                "return OK ▲if (metric['a'] > 1) { return OK }",
                "if",
                "expected 'return' or the end of the text, but found 'if'; every 'if' stands before the first 'return' outside of a block");
        refuses(
                "if (metric['a'] > 1) { return OK } ▲else { return OK }",
                "else",
                "expected 'if', 'return' or the end of the text, but found 'else'; there is no 'else': what follows the last 'if' is a 'return'");
        refuses("return OK ▲x", "x", "expected 'return' or the end of the text, but found 'x'");
    }

    @Test
    void knowsThreeSettings() {
        refuses(
                ":set ▲period=5",
                "period",
                "expected consistencyLevel, consecutiveCount or dimensionFilter after ':set', but found 'period'");
        refuses(":set consecutiveCount ▲3", "3", "expected '=' after the name of the setting, but found '3'");
        refuses(
                ":set consistencyLevel=▲MOST",
                "MOST",
                "expected ONE, QUORUM or ALL as consistencyLevel, but found 'MOST'");
        refuses(":set dimensionFilter=▲eth0", "eth0", "expected the dimension, in quotes, but found 'eth0'");
        refuses(
                ":set consecutiveCount=1▲.5",
                ".5",
                "expected ':set', 'if', 'return' or the end of the text, but found '.5'; a number begins with a digit: 0.5");
    }

    @Test
    void allowsAConsecutiveCountFromOneToFive() {
        assertThat(CriteriaParser.parse(":set consecutiveCount=1").consecutiveCount())
                .hasValue(1);
        assertThat(CriteriaParser.parse(":set consecutiveCount=5").consecutiveCount())
                .hasValue(5);
        refuses(
                ":set consecutiveCount=▲0",
                "0",
                "expected a whole number from 1 to 5 as consecutiveCount, but found '0'");
        refuses(
                ":set consecutiveCount=▲-1",
                "-",
                "expected a whole number from 1 to 5 as consecutiveCount, but found '-'");
        refuses(
                ":set consecutiveCount=▲03",
                "03",
                "expected a whole number from 1 to 5 as consecutiveCount, but found '03'");
        refuses(":set consecutiveCount=▲6", "6", "consecutiveCount has to be a whole number from 1 to 5");
        refuses(
                ":set consecutiveCount=▲99999999999999999999 ",
                "99999999999999999999",
                "consecutiveCount has to be a whole number from 1 to 5");
    }

    @Test
    void wantsMetricsInTheirOnlyForm() {
        refusesComparison(
                "metrics▲['a'] > 1",
                "[",
                "expected '(' right after 'metrics', but found '['; a metric is written metric['name']");
        refusesComparison(
                "load▲ > 1",
                " ",
                "expected '(' right after 'load', but found a space; a metric is written metric['name']");
        refusesComparison(
                "metric▲ ['a'] > 1",
                " ",
                "expected '(' right after 'metric', but found a space; a metric is written metric['name']");
        refusesComparison("metric[▲ 'a'] > 1", " ", "expected a quote right after 'metric[', but found a space");
        refusesComparison("metric[▲a] > 1", "a", "expected a quote right after 'metric[', but found 'a'");
        refusesComparison(
                "metric[▲‘a'] > 1",
                "‘",
                "expected a quote right after 'metric[', but found '‘'; the quotes of the language are the straight ' and \"");
        refusesComparison(
                "metric['▲'] > 1",
                "'",
                "expected the name of a metric, but found a single quote; it is made of letters, digits, spaces and _ . / -");
        refusesComparison(
                "metric['a▲:b'] > 1",
                ":b",
                "expected the closing ' of the metric's name, but found ':b'; it is made of letters, digits, spaces and _ . / -");
        refusesComparison(
                "metric['a▲\"] > 1",
                "\"",
                "expected the closing ' of the metric's name, but found a double quote; it is made of letters, digits, spaces and _ . / -");
        refusesComparison(
                "metric['a▲\n'] > 1",
                "\n",
                "expected the closing ' of the metric's name, but found the end of the line; it is made of letters, digits, spaces and _ . / -");
        refusesComparison("metric['a'▲ ] > 1", " ", "expected ']' right after the metric's name, but found a space");
    }

    @Test
    void wantsALeftSideThatIsMeasured() {
        refusesComparison(
                "▲5 < metric['a']",
                "5",
                "expected a metric or a function, but found '5'; a number or a string stands on the right side only");
        refusesComparison(
                "▲'x' == metric['a']",
                "'x'",
                "expected a metric or a function, but found the string 'x'; a number or a string stands on the right side only");
    }

    @Test
    void wantsAnOperatorThatSuitsTheRightSide() {
        refusesComparison(
                "metric['a'] ▲= 1",
                "=",
                "expected one of == != < <= > >= regex nregex, but found '='; equality is written '=='");
        refusesComparison("metric['a'] ▲is 1", "is", "expected one of == != < <= > >= regex nregex, but found 'is'");
        refusesComparison(
                "metric['a'] > ▲= 1",
                "=",
                "expected a number, a metric or a function, but found '='; equality is written '=='");
        refusesComparison(
                "metric['a'] <= ▲'x'",
                "'x'",
                "expected a number, a metric or a function, but found the string 'x'; '<=' compares numbers only");
        refusesComparison(
                "metric['a'] == ▲)", ")", "expected a number, a string, a metric or a function, but found ')'");
        refusesComparison("metric['a'] regex ▲5", "5", "expected a regular expression, in quotes, but found '5'");
        refusesComparison(
                "metric['a'] nregex ▲metric['b']",
                "metric",
                "expected a regular expression, in quotes, but found 'metric'");
        refusesComparison(
                "metric['a'] > 1 ▲& metric['b'] > 1",
                "&",
                "expected '&&', '||' or ')' after the comparison, but found '&'; it is written twice: && and ||");
        refusesComparison(
                "metric['a'] > 1 ▲and metric['b'] > 1",
                "and",
                "expected '&&', '||' or ')' after the comparison, but found 'and'");
        refusesComparison(
                "metric['a'] > 1 && ▲&& metric['b'] > 1", "&&", "expected a metric or a function, but found '&&'");
    }

    @Test
    void allowsParenthesesAroundOneComparisonOnly() {
        refusesComparison(
                "(metric['a'] > 1 ▲&& metric['b'] > 1)",
                "&&",
                "expected ')' after the comparison, but found '&&'; inner parentheses hold one comparison");
        refusesComparison(
                "(▲(metric['a'] > 1))",
                "(",
                "expected a metric or a function, but found '('; inner parentheses hold one comparison");
        refusesComparison("(metric['a'] > 1 ▲{", "{", "expected ')' after the comparison, but found '{'");
        refusesComparison("metric['a'] > ▲(1)", "(", "expected a number, a metric or a function, but found '('");
    }

    @Test
    void knowsThreeFunctions() {
        refusesComparison(
                "▲average(metric['a']) > 1",
                "average",
                "there is no function 'average'; the functions are rate, percentage and previous");
        refusesComparison(
                "▲Rate(metric['a']) > 1",
                "Rate",
                "there is no function 'Rate'; the functions are rate, percentage and previous");
        refusesComparison(
                "rate▲ (metric['a']) > 1",
                " ",
                "expected '(' right after 'rate', but found a space; a metric is written metric['name']");
        refusesComparison(
                "rate(▲previous(metric['a'])) > 1",
                "previous",
                "expected a metric or a number as argument, but found 'previous'");
        refusesComparison("rate(▲) > 1", ")", "expected a metric or a number as argument, but found ')'");
        refusesComparison("rate(metric['a'],▲) > 1", ")", "expected a metric or a number as argument, but found ')'");
        refusesComparison(
                "rate(metric['a'] ▲metric['b']) > 1",
                "metric",
                "expected ',' or ')' after the argument, but found 'metric'");
    }

    @Test
    void wantsTheArgumentsThatAFunctionTakes() {
        refusesComparison("▲rate(metric['a'], metric['b']) > 1", "rate", "rate takes 1 argument, but is given 2");
        refusesComparison(
                "metric['a'] == ▲previous(metric['a'], 1, 2)", "previous", "previous takes 1 argument, but is given 3");
        refusesComparison("▲percentage(metric['a']) > 1", "percentage", "percentage takes 2 arguments, but is given 1");
        refusesComparison("▲percentage(1, 2, 3) > 1", "percentage", "percentage takes 2 arguments, but is given 3");
        refusesComparison("rate( ▲5 ) > 1", "5", "rate takes a metric, not a number");
        refusesComparison("previous(▲-5.5) > 1", "-", "previous takes a metric, not a number");
    }

    @Test
    void wantsNumbersInTheirOnlyForm() {
        refusesComparison(
                "metric['a'] > ▲.8",
                ".8",
                "expected a number, a metric or a function, but found '.8'; a number begins with a digit: 0.8");
        refusesComparison("metric['a'] > 5▲.", ".", "expected '&&', '||' or ')' after the comparison, but found '.'");
        refusesComparison("metric['a'] > 0▲7", "7", "expected '&&', '||' or ')' after the comparison, but found '7'");
        refusesComparison("metric['a'] > 1▲e", "e", "expected '&&', '||' or ')' after the comparison, but found 'e'");
        refusesComparison("metric['a'] > 1▲e+", "e", "expected '&&', '||' or ')' after the comparison, but found 'e'");
        refusesComparison(
                "metric['a'] > 1.5▲.5",
                ".5",
                "expected '&&', '||' or ')' after the comparison, but found '.5'; a number begins with a digit: 0.5");
        refusesComparison("metric['a'] > ▲+5", "+", "expected a number, a metric or a function, but found '+'");
        refusesComparison("metric['a'] > -▲x", "x", "expected a digit after '-', but found 'x'");
        refusesComparison(
                "metric['a'] > ▲1e999",
                "1e999",
                "this number is too large: at most 1.7976931348623157e308 can be compared");
        refusesComparison(
                "metric['a'] > ▲-1e309",
                "-",
                "this number is too large: at most 1.7976931348623157e308 can be compared");
    }

    @Test
    void wantsStringsThatEndAndEscapesThatExist() {
        refuses("return OK, ▲'it never ends", "'", "the string that begins here is not closed with '");
        refuses("return OK, ▲\"it never ends'", "\"", "the string that begins here is not closed with \"");
        refuses("return OK, 'in the middle of an escape ▲\\", "\\", "the text ends in the middle of a string");
        refuses("return OK, 'a▲\\d'", "\\", "there is no escape \\d; for a backslash in a string write two");
        refuses(
                "return OK, 'a▲\\\ud83d\ude00'",
                "\\",
                "there is no escape \\\ud83d\ude00; for a backslash in a string write two");
        refuses("return OK, 'a▲\\u12g4'", "\\", "after \\u four hexadecimal digits have to follow");
        refuses("return OK, 'a▲\\u12", "\\", "after \\u four hexadecimal digits have to follow");
        refuses("return OK, 'a▲\\u\u0661\u0661\u0661\u0661'", "\\", "after \\u four hexadecimal digits have to follow");
    }

    @Test
    void wantsCommentsInTheirOnlyForms() {
        refuses(
                "return OK ▲// fine",
                "//",
                "expected 'return' or the end of the text, but found '//'; a comment begins with '#' or stands between '/*' and '*/'");
        refuses(" ▲/* never closed", "/*", "this comment is not closed: '*/' is missing, once for each '/*' in it");
        refuses("▲/* /* closed once */", "/*", "this comment is not closed: '*/' is missing, once for each '/*' in it");
        refuses("▲/*/", "/*", "this comment is not closed: '*/' is missing, once for each '/*' in it");
        refuses("/**/ ▲*/", "*/", "expected ':set', 'if', 'return' or the end of the text, but found '*/'");
    }

    @Test
    void refusesCarriageReturnsOutsideOfStringsAndComments() {
        assertThat(CriteriaParser.parse("# a comment\r\n/* another\r\n*/ return OK, 'a\r\nb'")
                        .otherwise())
                .isPresent();
        refuses(
                ":set consecutiveCount=2▲\r\nreturn OK",
                "\r",
                "expected ':set', 'if', 'return' or the end of the text, but found a carriage return; lines have to end with a newline alone, without a carriage return");
    }

    @Test
    void namesCharactersThatCannotBeSeen() {
        refuses("▲\0", "\0", "expected ':set', 'if', 'return' or the end of the text, but found the character U+0000");
        refuses(
                "▲\ufeffreturn OK",
                "\ufeff",
                "expected ':set', 'if', 'return' or the end of the text, but found the character U+FEFF");
        refuses("return ▲\u00a0OK", "\u00a0", "expected OK, WARNING or CRITICAL, but found the character U+00A0");
        refuses(
                "▲\ud83d",
                "\ud83d",
                "expected ':set', 'if', 'return' or the end of the text, but found the character U+D83D");
        refuses(
                "▲\ud83d\ude00",
                "\ud83d\ude00",
                "expected ':set', 'if', 'return' or the end of the text, but found '\ud83d\ude00'");
    }

    @Test
    void passesOnWhyARegularExpressionDoesNotCompile() {
        refusesComparison(
                "metric['a'] regex ▲'(b'", "'(b'", "this regular expression does not compile: missing closing ): (b");
        refusesComparison(
                "metric['a'] regex ▲'b(?=c)'",
                "'b(?=c)'",
                "this regular expression does not compile: invalid or unsupported Perl syntax: (?=");
        refusesComparison(
                "metric['a'] nregex ▲'x{1001}'",
                "'x{1001}'",
                "this regular expression does not compile: invalid repeat count: {1001}");
        refusesComparison(
                "metric['a'] nregex ▲'\\\\'",
                "'\\\\'",
                "this regular expression does not compile: trailing backslash at end of expression");
    }

    @Test
    void refusesARegularExpressionThatWouldNeverFinishCompiling() {
        refusesComparison(
                "metric['a'] regex ▲'(?i)[a-\\uffff]'",
                "'(?i)[a-\\uffff]'",
                "this regular expression ignores case, and so can't hold the characters U+1C80 to U+1C88");
    }

    @Test
    void givesLineAndColumnFromOne() {
        CriteriaException refusal = refusal(":set consecutiveCount=1\n\n\treturn new AlarmStatus('x\ny');");

        assertThat(refusal.line()).isEqualTo(3);
        assertThat(refusal.column()).isEqualTo(25);
        assertThat(refusal.position()).isEqualTo(49);
    }

    @Test
    void givesTheFirstPlaceForATextThatBeginsWrong() {
        CriteriaException refusal = refusal("?");

        assertThat(refusal.line()).isEqualTo(1);
        assertThat(refusal.column()).isEqualTo(1);
        assertThat(refusal.position()).isZero();
    }

    private static void refusesComparison(String marked, String token, String message) {
        refuses("if (" + marked + ") { return OK }", token, message);
    }

    private static void refuses(String marked, String token, String message) {
        CriteriaException refusal = refusal(marked.replace(MARK, ""));

        assertThat(refusal).as(marked).hasMessage(message);
        assertThat(refusal.position()).as(marked).isEqualTo(marked.indexOf(MARK));
        assertThat(refusal.token()).as(marked).isEqualTo(token);
    }

    private static CriteriaException refusal(String text) {
        CriteriaException refusal = catchThrowableOfType(CriteriaException.class, () -> CriteriaParser.parse(text));
        assertThat(refusal).as("refusal of: " + text).isNotNull();
        return refusal;
    }
}
