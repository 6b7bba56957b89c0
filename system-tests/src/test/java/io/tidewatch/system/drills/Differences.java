package io.tidewatch.system.drills;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a disturbed log has otherwise than an undisturbed one. Compared is the list of each key's records. */
final class Differences {
    private static final int SHOWN = 5;

    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final List<String> invented = new ArrayList<>();
    private final List<String> reordered = new ArrayList<>();

    <T> Differences(Map<String, List<T>> undisturbed, Map<String, List<T>> disturbed) {
        Set<String> keys = new TreeSet<>(undisturbed.keySet());
        keys.addAll(disturbed.keySet());
        for (String key : keys) {
            compare(key, undisturbed.getOrDefault(key, List.of()), disturbed.getOrDefault(key, List.of()));
        }
    }

    boolean isEmpty() {
        return lost.isEmpty() && doubled.isEmpty() && invented.isEmpty() && reordered.isEmpty();
    }

    /** How many of each kind, and the first of them. */
    @Override
    public String toString() {
        return shown("lost", lost)
                + shown("doubled", doubled)
                + shown("invented", invented)
                + shown("reordered", reordered);
    }

    private <T> void compare(String key, List<T> expected, List<T> actual) {
        if (expected.equals(actual)) {
            return;
        }
        List<T> missing = without(expected, actual);
        List<T> surplus = without(actual, expected);
        missing.forEach(one -> lost.add(one.toString()));
        surplus.forEach(one -> (expected.contains(one) ? doubled : invented).add(one.toString()));
        if (missing.isEmpty() && surplus.isEmpty()) {
            reordered.add(key);
        }
    }

    /** Each of the others takes away one of its equals at most. */
    private static <T> List<T> without(List<T> all, List<T> others) {
        List<T> left = new ArrayList<>(all);
        others.forEach(left::remove);
        return left;
    }

    private static String shown(String kind, List<String> found) {
        return found.isEmpty()
                ? ""
                : "\n" + found.size() + " " + kind + ":\n  "
                        + String.join("\n  ", found.subList(0, Math.min(SHOWN, found.size())));
    }
}
