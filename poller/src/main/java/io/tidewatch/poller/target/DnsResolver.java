package io.tidewatch.poller.target;

import io.netty.util.NetUtil;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.TargetResolver;
import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.hosts.HostsFileParser;
import org.xbill.DNS.lookup.LookupResult;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

/**
 * Turns targets into addresses without blocking: literal addresses at once, {@code localhost} to loopback, then the hosts
 * file, then DNS. Answers are kept as long as their time to live says, an hour at most, so that a check every few seconds
 * does not become a load on name servers. Thread-safe. Search domains are not used: a monitored name is complete.
 */
public final class DnsResolver {
    private static final Duration QUERY_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_TTL_SECONDS = 3600;
    private static final int MAX_NEGATIVE_TTL_SECONDS = 60;
    private static final String DNSJAVA_THREAD = "dnsjava NIO selector";
    private static final int MAX_CACHED_NAMES = 50_000;

    private final LookupSession session;
    private volatile Optional<Thread> queries = Optional.empty();

    private DnsResolver(ExtendedResolver servers, HostsFileParser hosts) {
        servers.setTimeout(QUERY_TIMEOUT);
        Cache cache = new Cache(DClass.IN);
        cache.setMaxEntries(MAX_CACHED_NAMES);
        cache.setMaxCache(MAX_TTL_SECONDS);
        cache.setMaxNCache(MAX_NEGATIVE_TTL_SECONDS);
        session = LookupSession.builder()
                .resolver(servers)
                .hostsFileParser(hosts)
                .cache(cache)
                .build();
    }

    /**
     * @param servers name servers; none for those of the operating system
     */
    public static DnsResolver asking(List<InetSocketAddress> servers) {
        return new DnsResolver(extended(servers), new HostsFileParser());
    }

    /** As {@link #asking}, with a hosts file other than the operating system's. */
    public static DnsResolver asking(List<InetSocketAddress> servers, Path hostsFile) {
        return new DnsResolver(extended(servers), new HostsFileParser(hostsFile));
    }

    /** Resolves a target and passes on what came of it, exactly once, on any thread, possibly before this returns. */
    public void resolve(Target target, Consumer<Resolution> then) {
        byte[] literal = NetUtil.createByteArrayFromIpAddressString(target.host());
        if (literal != null) {
            then.accept(new Resolution.Addresses(List.of(address(literal))));
            return;
        }
        if (isLocalhost(target.host())) {
            then.accept(loopback(target.choice().families().get(0)));
            return;
        }
        try {
            Name name = Name.fromString(IDN.toASCII(target.host()), Name.root);
            ask(name, target.choice().families(), then);
        } catch (TextParseException | IllegalArgumentException e) {
            then.accept(new Resolution.Failed(FailureKind.DNS_ERROR, "'" + target.host() + "' is not a host name"));
        }
    }

    /**
     * Why no name server's answer will ever be seen again; empty while that is possible.
     *
     * <p>Source: dnsjava 3.7.1's NioClient has one thread for all queries, starts it once, and lets a runtime exception end it.
     */
    public Optional<String> deadBecause() {
        if (queries.filter(Thread::isAlive).isEmpty()) {
            queries = threadOfQueries().or(() -> queries);
        }
        return queries.filter(thread -> !thread.isAlive()).map(thread -> "the thread of DNS queries has ended");
    }

    /** Empty before the first query. */
    private static Optional<Thread> threadOfQueries() {
        ThreadGroup all = Thread.currentThread().getThreadGroup();
        while (all.getParent() != null) {
            all = all.getParent();
        }
        Thread[] threads = new Thread[2 * all.activeCount()];
        int count = all.enumerate(threads);
        return Arrays.stream(threads, 0, count)
                .filter(thread -> thread.getName().equals(DNSJAVA_THREAD))
                .findFirst();
    }

    private void ask(Name name, List<TargetResolver> families, Consumer<Resolution> then) {
        int type = families.get(0) == TargetResolver.IPv4 ? Type.A : Type.AAAA;
        session.lookupAsync(name, type).whenComplete((result, failure) -> {
            List<InetAddress> addresses = failure == null ? addresses(result) : List.of();
            if (!addresses.isEmpty()) {
                then.accept(new Resolution.Addresses(addresses));
            } else if (families.size() > 1
                    && (failure == null || cause(failure, NoSuchRRSetException.class::isInstance))) {
                ask(name, families.subList(1, families.size()), then);
            } else {
                then.accept(failed(name, families.get(0), failure));
            }
        });
    }

    private static Resolution failed(Name name, TargetResolver family, @Nullable Throwable failure) {
        String host = name.toString(true);
        if (failure == null || cause(failure, NoSuchRRSetException.class::isInstance)) {
            return new Resolution.Failed(FailureKind.DNS_ERROR, host + " has no " + family + " address");
        }
        if (cause(failure, NoSuchDomainException.class::isInstance)) {
            return new Resolution.Failed(FailureKind.DNS_ERROR, host + " does not exist");
        }
        if (cause(failure, DnsResolver::isTimeout)) {
            return new Resolution.Failed(FailureKind.DNS_TIMEOUT, "no name server answered about " + host);
        }
        return new Resolution.Failed(FailureKind.DNS_ERROR, "name servers could not resolve " + host);
    }

    private static boolean cause(@Nullable Throwable failure, Predicate<Throwable> wanted) {
        return failure != null && (wanted.test(failure) || cause(failure.getCause(), wanted));
    }

    /** dnsjava reports a query that timed out as an IOException with a message of its own. */
    private static boolean isTimeout(Throwable failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return failure instanceof TimeoutException || (failure instanceof IOException && message.contains("timed out"));
    }

    private static List<InetAddress> addresses(LookupResult result) {
        return result.getRecords().stream()
                .map(DnsResolver::address)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<InetAddress> address(Record record) {
        if (record instanceof ARecord ipv4) {
            return Optional.of(address(ipv4.getAddress().getAddress()));
        }
        if (record instanceof AAAARecord ipv6) {
            return Optional.of(address(ipv6.getAddress().getAddress()));
        }
        return Optional.empty();
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("bytes of an address are an address", e);
        }
    }

    /** Source: RFC 6761 section 6.3: such names are loopback, and name servers need not know them. */
    private static boolean isLocalhost(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost") || name.endsWith(".localhost");
    }

    private static Resolution loopback(TargetResolver family) {
        byte[] bytes = family == TargetResolver.IPv4 ? new byte[] {127, 0, 0, 1} : new byte[16];
        bytes[bytes.length - 1] = 1;
        return new Resolution.Addresses(List.of(address(bytes)));
    }

    private static ExtendedResolver extended(List<InetSocketAddress> servers) {
        return servers.isEmpty()
                ? new ExtendedResolver()
                : new ExtendedResolver(servers.stream().map(SimpleResolver::new).toArray(Resolver[]::new));
    }
}
