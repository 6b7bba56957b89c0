package io.tidewatch.system.fuzz;

import io.tidewatch.system.fuzz.wire.Exchange;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Paths, queries and methods, from the odd to the absurd. */
final class Urls {
    private static final List<String> SEGMENTS = List.of(
            "%2f",
            "%2F..%2F",
            "..",
            ".",
            "%2e%2e",
            "..;/",
            ";x=y",
            "%u0041",
            "%",
            "%zz",
            "%00",
            "%0d%0aX:1",
            "%c0%af",
            "%ed%a0%80",
            "%ff",
            "%E2%80%AE",
            "\\",
            "%5c",
            "//",
            "*",
            "~",
            "{id}",
            "<",
            "\"",
            "|",
            "é",
            "a%20b",
            "+",
            "#x",
            "?",
            "&",
            "@",
            ":",
            "a:b",
            "en" + "x".repeat(300),
            "x".repeat(9000),
            "%61".repeat(3000));

    private static final List<String> NUMBERS = List.of(
            "-1",
            "0",
            "1",
            "1000",
            "1001",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "1e3",
            "1.5",
            "NaN",
            "",
            "+1",
            "%31",
            "1%00",
            "٣",
            "9".repeat(2000),
            "-9223372036854775808",
            "253402300799999",
            "253402300800000",
            "0x10",
            " 1",
            "1,2");

    private static final List<String> METHODS = List.of(
            "GET",
            "HEAD",
            "POST",
            "PUT",
            "DELETE",
            "OPTIONS",
            "TRACE",
            "CONNECT",
            "PATCH",
            "PROPFIND",
            "get",
            "G",
            "X".repeat(3000),
            "GET\t",
            "PRI",
            "G(T",
            "BREW");

    private static final List<String> NAMES = List.of(
            "limit",
            "marker",
            "from",
            "to",
            "reverse",
            "entityId",
            "alarmId",
            "agentId",
            "uri",
            "points",
            "resolution",
            "select",
            "LIMIT",
            "x");

    private Urls() {}

    static Exchange paths(Random random, Ground ground) {
        List<String> good = routes(random, ground);
        String path = FuzzPlan.pick(random, good);
        String odd = FuzzPlan.pick(random, SEGMENTS);
        int slash = 1 + random.nextInt(path.length() - 1);
        int next = path.indexOf('/', slash);
        String bad = switch (random.nextInt(4)) {
            case 0 -> path + "/" + odd;
            case 1 -> path + odd;
            case 2 -> next < 0 ? odd : path.substring(0, next) + "/" + odd + path.substring(next);
            default -> next < 0 ? path + "/" : path.substring(0, next) + "/" + odd;
        };
        return Exchange.plain(FuzzPlan.pick(random, "GET", "GET", "HEAD", "DELETE", "PUT", "POST"), bad);
    }

    static Exchange queries(Random random, Ground ground) {
        String query = IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(i -> FuzzPlan.pick(random, NAMES) + "="
                        + (random.nextBoolean() ? FuzzPlan.pick(random, NUMBERS) : FuzzPlan.pick(random, SEGMENTS)))
                .collect(Collectors.joining(FuzzPlan.pick(random, "&", "&", ";", "&&", "&=&")));
        String many = random.nextInt(10) > 0 ? "" : "&entityId=a".repeat(FuzzPlan.pick(random, 2, 101, 500, 5000));
        return Exchange.plain("GET", FuzzPlan.pick(random, routes(random, ground)) + "?" + query + many);
    }

    /** Reads of the past with wild ranges and markers. */
    static Exchange ranges(Random random, Ground ground) {
        String from = time(random);
        String to = time(random);
        return Exchange.plain(
                "GET",
                switch (random.nextInt(5)) {
                    case 0, 1 ->
                        ground.root() + "/changelogs/alarms?marker=" + time(random) + ":"
                                + FuzzPlan.pick(random, "x", "", "a:b", "é", "x".repeat(5000)) + "&reverse="
                                + random.nextBoolean();
                    case 2 ->
                        ground.root() + "/changelogs/alarms?from=" + from + "&to=" + to + "&entityId=" + ground.entity()
                                + "&limit=1000";
                    case 3 ->
                        ground.entityPath() + "/checks/" + ground.check(random) + "/metrics/"
                                + FuzzPlan.pick(
                                        random,
                                        "n",
                                        "text",
                                        "@available",
                                        "%40available",
                                        "x".repeat(4000),
                                        "..",
                                        "mzord.n")
                                + "/plot?from=" + from + "&to=" + to + "&"
                                + FuzzPlan.pick(random, "points=", "resolution=")
                                + FuzzPlan.pick(random, "FULL", "MIN5", "MIN1440", "100", "2147483647", "0");
                    default ->
                        ground.root() + "/views/"
                                + FuzzPlan.pick(random, "overview", "latest_alarm_states") + "?limit=1000&marker="
                                + FuzzPlan.pick(random, SEGMENTS);
                });
    }

    static Exchange methods(Random random, Ground ground) {
        String path = FuzzPlan.pick(random, routes(random, ground));
        return Exchange.plain(FuzzPlan.pick(random, METHODS), path);
    }

    /** Routes of the API, with ids that exist. */
    static List<String> routes(Random random, Ground ground) {
        String root = ground.root();
        String entity = ground.entityPath();
        String check = entity + "/checks/" + ground.check(random);
        return List.of(
                root + "/entities",
                entity + "x",
                entity + "/checks",
                check,
                entity + "/alarms",
                ground.alarmPath(random).replaceFirst(".$", "!"),
                ground.alarmPath(random) + "/notification_history/" + ground.check(random),
                root + "/results",
                root + "/check_types",
                root + "/check_types/remote.http",
                root + "/notifications",
                root + "/notifications/ntTechnicalContactsEmail",
                root + "/notification_plans",
                root + "/notification_plans/npManaged",
                root + "/notification_types/webhook",
                root + "/suppressions",
                root + "/silences",
                root + "/silences/preview",
                root + "/maintenance_windows",
                root + "/inhibitions",
                root + "/changelogs/alarms",
                root + "/suppression_logs",
                root + "/views/overview",
                root + "/views/latest_alarm_states",
                check + "/metrics",
                check + "/metrics/n/plot");
    }

    private static String time(Random random) {
        return FuzzPlan.pick(
                random,
                "0",
                "1",
                "-1",
                "253402300799999",
                "9223372036854775807",
                "1e12",
                Long.toString(System.currentTimeMillis()),
                Long.toString(System.currentTimeMillis() - random.nextInt(2_000_000_000)));
    }
}
