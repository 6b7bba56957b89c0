package io.tidewatch.poller.assignment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.field.Details;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.InvalidDetailsException;
import io.tidewatch.poller.MemorySchemaRegistry;
import io.tidewatch.poller.TestZone;
import io.tidewatch.poller.probe.CheckTarget;
import io.tidewatch.poller.probe.ProbeType;
import io.tidewatch.poller.remote.ping.Pinger;
import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.poller.target.Target;
import io.tidewatch.schema.Check;
import io.tidewatch.serde.AvroSerde;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.statistics.Statistics;

/**
 * What the gateway accepts, the poller can run: whatever details a type's declaration lets through, stored and read again, make
 * a probe.
 */
final class AcceptedChecksRunTest {
    private static final TestZone ZONE = TestZone.allowing();
    private static final Pinger PINGER = Pinger.open();
    private static final Map<String, ProbeType> TYPES =
            ProbeTypes.all(ZONE.connector(), PINGER, Runnable::run, Clock.systemUTC()).stream()
                    .collect(Collectors.toMap(type -> type.declaration().id(), Function.identity()));

    /** Half of a surrogate pair, which JSON can have and UTF-8 can't. */
    private static final String HALF_A_PAIR = "\ud83d";

    private static final List<String> PIECES = List.of(
            "a",
            "Z",
            "9",
            " ",
            "-",
            "_",
            "ß",
            "😀",
            "\t",
            "\n",
            "\0",
            "\u007f",
            HALF_A_PAIR,
            "/",
            ":",
            "%",
            "?",
            "*",
            "+",
            ".",
            "|",
            "(",
            ")",
            "(?i)",
            "(?:",
            "[",
            "]",
            "[^a-z]",
            "{25}",
            "{1000}",
            "{,",
            "\\",
            "\\d",
            "\\pL",
            "\\Q",
            "\u1c80",
            "^",
            "$");

    private static final List<String> URLS = List.of(
            "http://example.com/",
            "https://[2001:db8::1]:8443/a?b=c#d",
            "HTTP://bücher.example/ä b|c",
            "http://my_host.local",
            "http://1.2.3.4:65535/",
            "http://example.com:0/",
            "http://example.com:65536/",
            "http://[fe80::1%25eth0]/",
            "http://[::1.2.3.4]/",
            "http://[1.2.3.4]/",
            "http://[::12345]/",
            "http://u:p@example.com/",
            "http://" + "a".repeat(64) + ".example/",
            "http://a..b/",
            "http://-a-/",
            "http://xn--a/",
            "http://" + HALF_A_PAIR + "/",
            "ftp://example.com/",
            "example.com");

    private static final List<String> KEYS = List.of(
            "k", "a b", "Accept", "host", "HOST", "X-1", "a:b", "a/b", "", "ß", "A\n", "authorization", HALF_A_PAIR);

    /** Some are refused, some are dear, most are like those that people write. */
    private static final List<String> PATTERNS = List.of(
            "OK", "status: (\\w+)", "(?i)error|fail", "(a{25}){15}", "(a{25}){25}", "((a{50}){50}){50}", "(", "*", "?");

    private static final AvroSerde<Check> SERDE = new AvroSerde<>(new MemorySchemaRegistry(), Check.class);
    private static final CheckTarget TARGET = CheckTarget.of(new Target("example.com", AddressChoice.PREFER_IPV4));

    record Given(CheckType type, Map<String, Object> details) {
        @Override
        public String toString() {
            return type.id() + " " + details;
        }
    }

    @AfterContainer
    static void close() throws IOException {
        PINGER.close();
        ZONE.close();
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void whatIsAcceptedCanBeRun(@ForAll("given") Given given) {
        Optional<Map<String, Object>> accepted = accepted(given);

        if (accepted.isPresent()) {
            Details details = new Details(storedAndReadAgain(accepted.get()));
            assertThat(TYPES.get(given.type().id()).factory().probe(details, TARGET))
                    .isNotNull();
        }

        Statistics.label(given.type().id()).collect(accepted.isPresent()).coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 2);
            coverage.check(false).percentage(share -> share > 2);
        });
    }

    private static Optional<Map<String, Object>> accepted(Given given) {
        try {
            return Optional.of(given.type().stored(given.details()));
        } catch (InvalidDetailsException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> storedAndReadAgain(Map<String, Object> details) {
        Check check = Check.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setType("remote.http")
                .setPeriodSeconds(60)
                .setTimeoutSeconds(30)
                .setDetails(details)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        byte[] bytes = SERDE.serializer().serialize("checks", check);
        return SERDE.deserializer().deserialize("checks", bytes).getDetails();
    }

    @Provide
    Arbitrary<Given> given() {
        return Arbitraries.of(CheckTypes.ALL.list().stream()
                        .filter(CheckType::isRemote)
                        .toList())
                .flatMap(type -> details(type).map(details -> new Given(type, details)));
    }

    private static Arbitrary<Map<String, Object>> details(CheckType type) {
        List<Arbitrary<Map<String, Object>>> pairs = new ArrayList<>();
        double optional = Math.max(0.2, 0.8 / type.fields().size());
        for (Field<?> field : type.fields()) {
            pairs.add(mostly(field.isRequired() ? 0.97 : optional, value(field))
                    .map(value -> value.<Map<String, Object>>map(given -> Map.of(field.name(), given))
                            .orElse(Map.of())));
        }
        pairs.add(mostly(0.05, Arbitraries.just("unknown"))
                .map(name -> name.<Map<String, Object>>map(unknown -> Map.of(unknown, true))
                        .orElse(Map.of())));
        return Combinators.combine(pairs).as(all -> {
            Map<String, Object> details = new LinkedHashMap<>();
            all.forEach(details::putAll);
            return details;
        });
    }

    private static <T> Arbitrary<Optional<T>> mostly(double share, Arbitrary<T> value) {
        return value.optional(share);
    }

    /** Mostly of the field's kind, and then mostly within its limits, or just outside of them. */
    private static Arbitrary<Object> value(Field<?> field) {
        return Arbitraries.frequencyOf(
                Tuple.of(19, ofKind(field)),
                Tuple.of(1, Arbitraries.of("", "text", 7L, 0.5, true, Map.of("k", "v"), List.of("a"))));
    }

    private static Arbitrary<Object> ofKind(Field<?> field) {
        Map<String, Object> limits = field.form().limits();
        return switch (field.form().kind()) {
            case TEXT -> limits.containsKey("choices") ? choice((List<?>) limits.get("choices")) : any(text(limits));
            case INTEGER -> integer(limits);
            case BOOLEAN -> Arbitraries.of(true, false, "true", "False", "no", 1L);
            case PATTERN -> any(pattern(limits));
            case URL -> any(url(limits));
            case LIST -> any(text(Map.of("max_characters", 80)).list().ofMaxSize(1 + size(limits, "max_items")));
            case MAP -> any(map(limits));
        };
    }

    private static Arbitrary<Object> choice(List<?> choices) {
        List<Object> near = new ArrayList<>(choices);
        near.add(String.valueOf(choices.get(0)).toLowerCase(Locale.ROOT));
        near.add("other");
        return Arbitraries.of(near);
    }

    private static Arbitrary<Object> integer(Map<String, Object> limits) {
        int min = size(limits, "minimum");
        int max = size(limits, "maximum");
        Arbitrary<Long> number = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(min, max)),
                Tuple.of(1, Arbitraries.of(min - 1L, (long) min, (long) max, max + 1L)));
        return Arbitraries.oneOf(any(number), any(number.map(value -> "0" + value)));
    }

    private static Arbitrary<String> text(Map<String, Object> limits) {
        int max = size(limits, "max_characters");
        Arbitrary<String> pieces =
                Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(12).map(all -> String.join("", all));
        Arbitrary<String> atTheLimit = Combinators.combine(
                        Arbitraries.of("a", "ß", "😀"), Arbitraries.of(max - 1, max, max + 1))
                .as(String::repeat);
        return Arbitraries.frequencyOf(Tuple.of(4, pieces), Tuple.of(1, atTheLimit));
    }

    private static Arbitrary<String> pattern(Map<String, Object> limits) {
        return Arbitraries.frequencyOf(Tuple.of(2, Arbitraries.of(PATTERNS)), Tuple.of(2, text(limits)));
    }

    private static Arbitrary<String> url(Map<String, Object> limits) {
        Arbitrary<String> path = text(limits).map(text -> "http://example.com/" + text);
        Arbitrary<String> host =
                Arbitraries.of(PIECES).list().ofMaxSize(4).map(all -> "http://a" + String.join("", all));
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just("http://example.com/")),
                Tuple.of(3, Arbitraries.of(URLS)),
                Tuple.of(2, path),
                Tuple.of(1, host));
    }

    /** Which keys and values a map takes, its limits don't say: all that any map of ours takes, and more. */
    private static Arbitrary<Map<String, String>> map(Map<String, Object> limits) {
        return Arbitraries.maps(
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.of("k", "Accept", "X-1")), Tuple.of(1, Arbitraries.of(KEYS))),
                        pattern(Map.of("max_characters", 255)))
                .ofMaxSize(1 + size(limits, "max_pairs"));
    }

    private static int size(Map<String, Object> limits, String name) {
        return (Integer) limits.get(name);
    }

    private static <T> Arbitrary<Object> any(Arbitrary<T> arbitrary) {
        return arbitrary.map(value -> value);
    }
}
