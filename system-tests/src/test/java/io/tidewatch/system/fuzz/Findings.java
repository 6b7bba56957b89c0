package io.tidewatch.system.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the fuzz has found, by kind and symptom: a few of each in full, the rest as a number. Any thread adds to it. */
final class Findings {
    private static final int SHOWN = 3;
    private static final int SYMPTOM_CHARS = 48;

    private final FuzzPlan plan;
    private final Map<String, List<String>> bySymptom = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    Findings(FuzzPlan plan) {
        this.plan = plan;
    }

    synchronized void add(String kind, String what, String how) {
        String form = what.replaceAll("\\d{4,}", "#");
        String symptom = kind + ": " + form.substring(0, Math.min(form.length(), SYMPTOM_CHARS));
        List<String> shown = bySymptom.computeIfAbsent(symptom, first -> new ArrayList<>());
        if (shown.size() < SHOWN) {
            shown.add(kind + ": " + what + "\n    " + how + "\n    again with " + plan.repeat(kind));
        }
        if (counts.merge(symptom, 1, Integer::sum) == 1) {
            say("  found " + shown.get(0));
        }
    }

    @SuppressWarnings("SystemOut") // The first of its sort at once: whoever runs it may be waiting for hours.
    private static void say(String line) {
        System.out.println(line);
    }

    synchronized boolean isEmpty() {
        return counts.isEmpty();
    }

    synchronized int ofKind(String kind) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(kind + ": "))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        bySymptom.forEach((symptom, shown) -> {
            text.append("  ")
                    .append(counts.get(symptom))
                    .append(" x ")
                    .append(symptom)
                    .append('\n');
            shown.forEach(one -> text.append("    ").append(one).append('\n'));
        });
        return text.toString();
    }
}
