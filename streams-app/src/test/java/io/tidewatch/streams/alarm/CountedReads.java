package io.tidewatch.streams.alarm;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.apache.kafka.streams.state.KeyValueStore;

/** Counts how often a store is read. */
final class CountedReads {
    private int reads;
    private int scans;

    /** The same store, counted. */
    @SuppressWarnings("unchecked")
    <K, V> KeyValueStore<K, V> of(KeyValueStore<K, V> store) {
        return (KeyValueStore<K, V>) Proxy.newProxyInstance(
                KeyValueStore.class.getClassLoader(),
                new Class<?>[] {KeyValueStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("get")) {
                        reads++;
                    }
                    if (method.getName().equals("prefixScan")) {
                        scans++;
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Single keys that were looked up. */
    int reads() {
        return reads;
    }

    /** Ranges that were gone through. */
    int scans() {
        return scans;
    }
}
