package io.tidewatch.notifier.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a template can see: the members of maps and the items of lists. The library's own collectors read the fields and call
 * the methods of any object. Each look costs a step.
 */
final class MapsAndLists implements Mustache.Collector {
    private final Budget budget;

    MapsAndLists(Budget budget) {
        this.budget = budget;
    }

    @Override
    public @Nullable Iterator<?> toIterator(@Nullable Object value) {
        return value instanceof List<?> list ? new Counted(list.iterator()) : null;
    }

    @Override
    public Mustache.@Nullable VariableFetcher createFetcher(Object context, String name) {
        return context instanceof Map ? this::member : null;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
        return new ConcurrentHashMap<>();
    }

    private @Nullable Object member(Object context, String name) {
        budget.spendStep();
        return context instanceof Map<?, ?> map && map.containsKey(name) ? map.get(name) : Template.NO_FETCHER_FOUND;
    }

    private final class Counted implements Iterator<Object> {
        private final Iterator<?> items;

        Counted(Iterator<?> items) {
            this.items = items;
        }

        @Override
        public boolean hasNext() {
            return items.hasNext();
        }

        @Override
        public Object next() {
            budget.spendStep();
            return items.next();
        }
    }
}
