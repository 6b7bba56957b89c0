package io.tidewatch.docs;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import java.util.List;

/** The page about the types of check: what their details may say, and which metrics their results have. */
final class CheckTypesPage {
    private final List<CheckType> types;

    /** @param types in the order of the page */
    CheckTypesPage(List<CheckType> types) {
        this.types = List.copyOf(types);
    }

    String markdown() {
        StringBuilder page = new StringBuilder("# Types of check\n\n");
        page.append(Documentation.GENERATED);
        page.append("""

                Pollers run checks of a type that begins with `remote.`; agents report all others. An agent may report a type
                that is not listed: its fields and metrics are its own.

                A field that is not required may be left out. The value of a secret one is meant for the target alone.
                """);
        types.forEach(type -> page.append(section(type)));
        return page.toString();
    }

    private static String section(CheckType type) {
        StringBuilder section = new StringBuilder();
        section.append("\n## ").append(type.id()).append("\n\n");
        section.append(Markdown.prose(type.description())).append('\n');
        if (type.consecutiveCount() > 1) {
            section.append("An alarm that does not say otherwise wants ")
                    .append(type.consecutiveCount())
                    .append(" observations in a row.\n");
        }
        section.append("\n### Details of ").append(type.id()).append("\n\n");
        section.append(FieldsTable.markdown(type.fields()));
        section.append("\n### Metrics of ").append(type.id()).append("\n\n");
        section.append(type.hasKnownMetrics() ? metrics(type.metrics()) : "They depend on what the agent reports.\n");
        return section.toString();
    }

    private static String metrics(List<DeclaredMetric> metrics) {
        return Markdown.table(
                List.of("metric", "type", "unit"),
                metrics.stream()
                        .map(metric -> List.of(
                                Markdown.code(metric.name()),
                                metric.type().word(),
                                metric.unit().word().orElse("")))
                        .toList());
    }
}
