package io.tidewatch.notifier.task;

import java.util.NavigableMap;

/** Record keys: paths whose first segment is the tenant. */
final class Keys {
    private static final char SEPARATOR = '/';

    private Keys() {}

    static String of(String... segments) {
        return String.join("/", segments);
    }

    static String tenant(String key) {
        return key.substring(0, key.indexOf(SEPARATOR));
    }

    /** The part of a map whose keys are a tenant's. */
    static <V> NavigableMap<String, V> ofTenant(NavigableMap<String, V> byKey, String tenantId) {
        return byKey.subMap(tenantId + SEPARATOR, true, tenantId + (char) (SEPARATOR + 1), false);
    }
}
