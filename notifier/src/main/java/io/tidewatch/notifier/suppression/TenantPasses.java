package io.tidewatch.notifier.suppression;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Tenants of which an alarm has changed that others are withheld for, so that all open alarms are looked at again: some at each look,
 * however often an alarm changes meanwhile. A tenant that changes during its pass gets one more afterwards. Confined to one thread.
 */
public final class TenantPasses {
    private final Set<String> marked = new LinkedHashSet<>();
    private final Deque<String> pass = new ArrayDeque<>();

    /** Something has changed that may matter to all of a tenant's alarms. */
    public void mark(String tenantId) {
        marked.add(tenantId);
    }

    /** The alarms to look at now. */
    public List<String> next(int atMost, Function<String, ? extends Collection<String>> alarmsOfTenant) {
        List<String> alarms = new ArrayList<>();
        while (alarms.size() < atMost && (!pass.isEmpty() || begin(alarmsOfTenant))) {
            if (!pass.isEmpty()) {
                alarms.add(pass.remove());
            }
        }
        return alarms;
    }

    private boolean begin(Function<String, ? extends Collection<String>> alarmsOfTenant) {
        if (marked.isEmpty()) {
            return false;
        }
        String tenantId = marked.iterator().next();
        marked.remove(tenantId);
        pass.addAll(alarmsOfTenant.apply(tenantId));
        return true;
    }
}
