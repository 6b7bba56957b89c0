package io.tidewatch.checks.declaration;

/**
 * A metric that a type of check may have.
 *
 * @param name its name; or a family of names, where a {@code *} at the end stands for one character or more
 */
public record DeclaredMetric(String name, MetricType type, Unit unit) {
    private static final String ANY = "*";

    public static DeclaredMetric integer(String name, Unit unit) {
        return new DeclaredMetric(name, MetricType.INTEGER, unit);
    }

    public static DeclaredMetric decimal(String name, Unit unit) {
        return new DeclaredMetric(name, MetricType.DECIMAL, unit);
    }

    public static DeclaredMetric text(String name) {
        return new DeclaredMetric(name, MetricType.TEXT, Unit.NONE);
    }

    /** Whether a metric of that name is this one, or one of this family. */
    public boolean isNamed(String other) {
        return isFamily() ? other.length() > prefix().length() && other.startsWith(prefix()) : other.equals(name);
    }

    /**
     * A member of this family.
     *
     * @param end what the {@code *} stands for
     */
    public DeclaredMetric member(String end) {
        if (!isFamily()) {
            throw new IllegalStateException(name + " is one metric and no family of them");
        }
        return new DeclaredMetric(prefix() + end, type, unit);
    }

    private boolean isFamily() {
        return name.endsWith(ANY);
    }

    private String prefix() {
        return name.substring(0, name.length() - ANY.length());
    }
}
