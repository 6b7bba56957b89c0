package io.tidewatch.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the command line asks for: {@code NAME [--quick]}. */
record Invocation(String name, boolean quick) {
    private static final String QUICK = "--quick";

    /** @throws IllegalArgumentException with a sentence that says what is known, when it asks for anything else */
    static Invocation parse(List<String> arguments, Collection<String> known) {
        List<String> names = new ArrayList<>(arguments);
        boolean quick = names.removeAll(List.of(QUICK));
        if (names.size() != 1) {
            throw new IllegalArgumentException("Usage: benchmarks/run NAME [--quick], where NAME is " + oneOf(known));
        }
        String name = names.get(0);
        if (!known.contains(name)) {
            throw new IllegalArgumentException("There is no benchmark '" + name + "'; known is " + oneOf(known));
        }
        return new Invocation(name, quick);
    }

    private static String oneOf(Collection<String> known) {
        return String.join(", ", known);
    }
}
