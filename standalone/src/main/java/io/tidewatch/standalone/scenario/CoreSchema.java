package io.tidewatch.standalone.scenario;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * What a plain scalar is: a number as in the core schema of YAML 1.2, {@code true} or {@code false}, or else a string. So
 * {@code yes}, {@code on}, {@code 12:30:45}, {@code 1_000}, {@code 2026-01-01} and {@code null} are strings, where YAML 1.1
 * takes them for something else.
 *
 * <p>Source: YAML 1.2.2, section 10.3.2, without its capitalised booleans and its null.
 */
final class CoreSchema extends Resolver {
    private static final Pattern BOOLEAN = Pattern.compile("true|false");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOAT = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.BOOL, BOOLEAN, "tf");
        addImplicitResolver(Tag.INT, INTEGER, "-+0123456789");
        addImplicitResolver(Tag.FLOAT, FLOAT, "-+.0123456789");
    }
}
