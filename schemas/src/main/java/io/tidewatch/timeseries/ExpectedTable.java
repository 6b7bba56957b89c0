package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.metadata.schema.ColumnMetadata;
import com.datastax.oss.driver.api.core.metadata.schema.TableMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table as its {@code CREATE TABLE} statement has it. Further columns in a real table do no harm: a newer version of
 * ours may have added them.
 *
 * @param types each column's type, without blanks
 * @param primaryKey the columns in parentheses, without blanks
 */
record ExpectedTable(Map<String, String> types, String primaryKey) {
    private static final Pattern BODY = Pattern.compile("CREATE TABLE[^(]*\\((?<body>.*?)\\n\\)", Pattern.DOTALL);
    private static final Pattern PRIMARY_KEY = Pattern.compile("PRIMARY KEY (?<key>\\(.*\\))");
    private static final Pattern COLUMN = Pattern.compile("(?<name>\\w+) (?<type>.+?),?");

    /** Reads a statement that is laid out as ours are: a line for each column, and one for the primary key. */
    static ExpectedTable parse(String createStatement) {
        Matcher body = BODY.matcher(createStatement);
        if (!body.find()) {
            throw new IllegalArgumentException("Not a CREATE TABLE statement: " + createStatement);
        }
        Map<String, String> types = new LinkedHashMap<>();
        String primaryKey = "";
        for (String line : body.group("body").strip().lines().map(String::strip).toList()) {
            Matcher key = PRIMARY_KEY.matcher(line);
            Matcher column = COLUMN.matcher(line);
            if (key.matches()) {
                primaryKey = withoutBlanks(key.group("key"));
            } else if (column.matches()) {
                types.put(column.group("name"), withoutBlanks(column.group("type")));
            }
        }
        return new ExpectedTable(types, primaryKey);
    }

    /** What keeps a real table from being used as this one, in words; empty when nothing does. */
    List<String> differences(TableMetadata table) {
        List<String> differences = new ArrayList<>();
        types.forEach((name, type) -> {
            Optional<String> found = table.getColumn(name)
                    .map(column -> withoutBlanks(column.getType().asCql(true, false)));
            if (found.isEmpty()) {
                differences.add("the column " + name + " (" + type + ") is missing");
            } else if (!found.get().equals(type)) {
                differences.add("the column " + name + " is " + found.get() + " and has to be " + type);
            }
        });
        String clustering = names(table.getClusteringColumns().keySet());
        String key =
                "((" + names(table.getPartitionKey()) + ")" + (clustering.isEmpty() ? ")" : "," + clustering + ")");
        if (!key.equals(primaryKey)) {
            differences.add("the primary key is " + key + " and has to be " + primaryKey);
        }
        return differences;
    }

    /**
     * What makes a real table fit when it only lacks columns, as {@code ALTER TABLE} takes it; empty when it takes more than
     * that, or nothing.
     */
    Optional<String> addition(TableMetadata table) {
        List<String> lacking = types.entrySet().stream()
                .filter(column -> table.getColumn(column.getKey()).isEmpty())
                .map(column -> column.getKey() + " " + column.getValue())
                .toList();
        return lacking.isEmpty() || lacking.size() < differences(table).size()
                ? Optional.empty()
                : Optional.of("ADD (" + String.join(", ", lacking) + ")");
    }

    private static String names(Iterable<ColumnMetadata> columns) {
        List<String> names = new ArrayList<>();
        columns.forEach(column -> names.add(column.getName().asCql(true)));
        return names.stream().collect(Collectors.joining(","));
    }

    private static String withoutBlanks(String text) {
        return text.replace(" ", "");
    }
}
