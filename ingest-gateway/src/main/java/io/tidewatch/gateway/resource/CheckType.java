package io.tidewatch.gateway.resource;

import io.tidewatch.gateway.http.JsonFields;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The type of a check. Types that begin with {@code remote.} are run by pollers in monitoring zones; those of others are
 * reported by agents.
 */
record CheckType(String name) {
    static final String HTTP = "remote.http";
    static final String TCP = "remote.tcp";
    static final String PING = "remote.ping";

    private static final String REMOTE_PREFIX = "remote.";
    private static final Set<String> REMOTE = Set.of(HTTP, TCP, PING);
    private static final Pattern FORM = Pattern.compile("[-.\\w]{1,64}");

    /** Reads the field {@code type}. */
    static CheckType read(JsonFields check) {
        CheckType type = new CheckType(check.requiredText("type", 1, 64));
        if (!FORM.matcher(type.name).matches()) {
            throw check.bad("type", "has to be letters, digits, '.', '_' and '-'");
        }
        if (type.isRemote() && !REMOTE.contains(type.name)) {
            throw check.bad(
                    "type",
                    "no poller runs " + type.name + "; remote types are " + String.join(", ", new TreeSet<>(REMOTE)));
        }
        return type;
    }

    boolean isRemote() {
        return name.startsWith(REMOTE_PREFIX);
    }
}
