package io.tidewatch.system.fuzz;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.system.fuzz.calm.Resources;
import io.tidewatch.system.fuzz.wire.Answer;
import io.tidewatch.system.fuzz.wire.Exchange;
import io.tidewatch.system.fuzz.wire.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** What takes more than one request: things that pile up, meet, or are held open. Each tidies up after itself. */
final class Scenes {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How long slow clients and held connections stay; the server may end them before. */
    private static final Duration HELD = Duration.ofSeconds(12);

    /** As many as an entity may have in 65 536 bytes; 600 such entities are more than a tenant may have. */
    private static final int LARGE_PAIRS = 128;

    private Scenes() {}

    /** A read that says in some header that it is meant to delete: what it names has to be there afterwards. */
    static void overrides(Assault assault) {
        String path = entity(assault, 0, Map.of("label", "to be kept"));
        for (String name :
                List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override", "X-Original-Method")) {
            for (String method : List.of("GET", "HEAD", "POST", "OPTIONS")) {
                assault.judged(
                        0, Exchange.of(Exchange.head(method, path, name + ": DELETE\r\n") + "\r\n", new byte[0]));
            }
            if (status(assault.judged(0, Exchange.plain("GET", path))) != 200) {
                assault.found("a header turned a read into a deletion: " + name, path);
                return;
            }
        }
        assault.judged(0, Exchange.plain("DELETE", path));
    }

    /** More connections than a server has threads, each of which sends a byte now and then. */
    static void slowClients(Assault assault) throws InterruptedException {
        hold(
                assault,
                300,
                index -> Protocol.slow(assault.random(index), assault.ground(), Duration.ofSeconds(2), HELD));
    }

    /** As many that send nothing at all. */
    static void silentClients(Assault assault) throws InterruptedException {
        hold(
                assault,
                assault.plan().scaled(300, 600),
                index -> new Exchange(
                        List.of(new byte[0]),
                        Duration.ZERO,
                        1,
                        HELD,
                        Exchange.End.AWAIT,
                        Exchange.Expectation.ANYTHING));
    }

    /** Several clients change one thing at the same time: one of them has the last word, and nobody gets an error but to wait. */
    static void concurrentChanges(Assault assault) throws InterruptedException {
        String path = entity(assault, 0, Map.of("label", "contested"));
        int count = assault.plan().scaled(200, 2000);
        List<Outcome> changes = assault.atOnce(
                8,
                count,
                index -> index % 10 == 0
                        ? Exchange.plain("GET", path)
                        : Exchange.json("PUT", path, "{\"label\": \"by " + index + "\"}"));
        long refused = changes.stream()
                .filter(outcome -> !List.of(200, 204, 503).contains(status(outcome)))
                .count();
        if (refused > 0) {
            assault.found("good changes at the same time were refused", refused + " of " + count);
        }
        assault.judged(count, Exchange.plain("DELETE", path));
        assault.atOnce(
                8,
                64,
                index -> index % 2 == 0
                        ? Exchange.plain("DELETE", path)
                        : Exchange.json("PUT", path, "{\"label\": \"late\"}").refused());
    }

    /** Alarms on one check, as many as there may be, with long messages, and a result that makes all of them speak. */
    static void manyAlarms(Assault assault) throws InterruptedException {
        String message = "long ".repeat(200);
        withCheck(
                assault,
                assault.plan().scaled(200, 700),
                index -> "if (metric['n'] > 0) { return new AlarmStatus(CRITICAL, '" + message + index
                        + "'); } return OK");
    }

    /** Alarms without criteria, which judge availability alone. */
    static void plainAlarms(Assault assault) throws InterruptedException {
        withCheck(assault, assault.plan().scaled(200, 2000), index -> "");
    }

    /** Alarms that cost as much to judge as they may. */
    static void costlyAlarms(Assault assault) throws InterruptedException {
        String condition = "if (metric['text'] regex '(x*){400}y') { return CRITICAL }\n";
        withCheck(assault, 30, index -> condition.repeat(6) + "return OK, 'no " + index + "'");
    }

    /** Changes of one alarm to criteria of forms that were never there. */
    static void newShapes(Assault assault) throws InterruptedException {
        String path = assault.ground().alarmPath(assault.random(0));
        assault.atOnce(
                2,
                assault.plan().scaled(40, 250),
                index -> Exchange.json(
                        "PUT", path, object(Map.of("criteria", CriteriaTexts.ofNewShape(assault.random(index))))));
    }

    /** Configuration as large as it may be, and as much of it, and the lists of it. */
    static void largeConfiguration(Assault assault) throws InterruptedException {
        ObjectNode metadata = JSON.createObjectNode();
        IntStream.range(0, LARGE_PAIRS).forEach(i -> metadata.put(i + "k".repeat(240), "v".repeat(255)));
        ObjectNode large = JSON.createObjectNode().put("label", "large");
        large.set("metadata", metadata);
        List<String> made = new ArrayList<>();
        for (int i = 0; i < assault.plan().scaled(30, 600); i++) {
            String path = entity(assault, i, large);
            if (!path.isEmpty()) {
                made.add(path);
            }
        }
        if (made.isEmpty()) {
            assault.found("no large entity was taken", "it has to be smaller, or this shows nothing");
        }
        String root = assault.ground().root();
        assault.atOnce(
                4,
                24,
                index -> Exchange.plain(
                        "GET",
                        root
                                + List.of(
                                                "/entities?limit=1000",
                                                "/views/overview?limit=1000",
                                                "/views/latest_alarm_states")
                                        .get((int) index % 3)));
        assault.atOnce(4, made.size(), index -> Exchange.plain("DELETE", made.get((int) index)));
    }

    /** Many who read the past from its beginning on, or beyond its end. */
    static void farReaders(Assault assault) throws InterruptedException {
        String changes = assault.ground().root() + "/changelogs/alarms?marker=";
        assault.atOnce(
                assault.plan().scaled(40, 120),
                assault.plan().scaled(120, 600),
                index -> Exchange.plain("GET", changes + (index % 10 == 0 ? "253402300799999:x&reverse=true" : "1:x")));
    }

    private interface CriteriaOf {
        String of(long index);
    }

    private static void withCheck(Assault assault, int count, CriteriaOf criteria) throws InterruptedException {
        Ground ground = assault.ground();
        Outcome made = assault.judged(
                0, Exchange.json("POST", ground.entityPath() + "/checks", object(Resources.agentCheck())));
        String id = made.answers().stream()
                .map(answer -> answer.headers().getOrDefault("x-object-id", ""))
                .findFirst()
                .orElse("");
        String path = ground.entityPath() + "/checks/" + id;
        for (int index = 0; index < count; index++) {
            ObjectNode alarm = JSON.valueToTree(Resources.alarm(id, criteria.of(index)));
            if (alarm.get("criteria").textValue().isEmpty()) {
                alarm.remove("criteria");
            }
            assault.judged(index, Exchange.json("POST", ground.entityPath() + "/alarms", alarm.toString()));
        }
        for (int flip = 0; flip < 4; flip++) {
            Random random = assault.random(flip);
            String text = "x".repeat(4096);
            assault.judged(
                    flip,
                    Exchange.json(
                            "POST",
                            ground.root() + "/results",
                            String.format(
                                    "{\"entity_id\": \"%s\", \"check_id\": \"%s\", \"timestamp\": %d, \"available\": %s, \"status\": \"%d\","
                                            + " \"metrics\": {\"n\": %d, \"text\": \"%s\"}}",
                                    ground.entity(),
                                    id,
                                    System.currentTimeMillis(),
                                    flip % 2 == 0,
                                    random.nextInt(),
                                    flip % 2,
                                    text)));
        }
        assault.judged(count, Exchange.plain("DELETE", path));
    }

    private static void hold(Assault assault, int clients, java.util.function.LongFunction<Exchange> maker)
            throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            for (long index = 0; index < clients; index++) {
                long number = index;
                threads.execute(() -> assault.hold(maker.apply(number)));
            }
        } finally {
            threads.shutdown();
            if (!threads.awaitTermination(3 * HELD.toSeconds(), TimeUnit.SECONDS)) {
                assault.found("held connections did not end", "");
            }
        }
    }

    /** @return where it is; empty when it was refused */
    private static String entity(Assault assault, long index, Object fields) {
        return assault
                .judged(index, Exchange.json("POST", assault.ground().root() + "/entities", object(fields)))
                .answers()
                .stream()
                .filter(answer -> answer.status() == 201)
                .map(answer -> assault.ground().root() + "/entities/"
                        + answer.headers().get("x-object-id"))
                .findFirst()
                .orElse("");
    }

    private static int status(Outcome outcome) {
        return outcome.answers().stream().mapToInt(Answer::status).findFirst().orElse(0);
    }

    private static String object(Object fields) {
        return JSON.valueToTree(fields).toString();
    }
}
