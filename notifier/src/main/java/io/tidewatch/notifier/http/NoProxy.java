package io.tidewatch.notifier.http;

import io.tidewatch.addresses.Cidr;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The targets that are not reached through the operator's proxy. Immutable. */
public final class NoProxy {
    private static final Pattern NAME = Pattern.compile("\\.?[a-z0-9_-]+(\\.[a-z0-9_-]+)*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    private final Set<String> names = new HashSet<>();
    private final List<String> suffixes = new ArrayList<>();
    private final List<Cidr> ranges = new ArrayList<>();

    /**
     * @param entries names, which mean all below them too; names with a dot before them, which mean only those; addresses; ranges of
     *     addresses
     * @throws IllegalArgumentException naming one that is none of these
     */
    public NoProxy(List<String> entries) {
        entries.forEach(this::add);
    }

    private void add(String entry) {
        String text = entry.strip().toLowerCase(Locale.ROOT);
        if (text.indexOf('/') >= 0) {
            ranges.add(Cidr.parse(text));
        } else if (ADDRESS.matcher(text).matches()) {
            ranges.add(Cidr.parse(text + (text.indexOf(':') < 0 ? "/32" : "/128")));
        } else if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException(entry + " is not a host, such as example.com, nor a suffix, such as"
                    + " .example.com, nor an address, nor a range of addresses, such as 10.0.0.0/8");
        } else if (text.startsWith(".")) {
            suffixes.add(text);
        } else {
            names.add(text);
            suffixes.add("." + text);
        }
    }

    /** By its name alone. */
    boolean has(String host) {
        return names.contains(host) || suffixes.stream().anyMatch(host::endsWith);
    }

    /** Whether there are ranges, and each of the addresses is in one. */
    boolean has(InetAddress[] addresses) {
        return Arrays.stream(addresses).allMatch(address -> ranges.stream().anyMatch(range -> range.contains(address)));
    }
}
