package io.tidewatch.system.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidewatch.system.fuzz.calm.Resources;
import io.tidewatch.system.fuzz.wire.Exchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Requests with bodies that were good until something was done to them. */
final class Bodies {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Stands where text is to be that no library would write. */
    private static final String RAW = "@raw@";

    private static final int MAX_BODY_BYTES = 1 << 20;

    /** 64 MiB in 64 KiB. */
    private static final byte[] BOMB = gzip(new byte[64 << 20]);

    /** A good request. */
    private record Sample(String method, String target, ObjectNode body) {
        Exchange with(String text) {
            return Exchange.json(method, target, text);
        }

        Exchange with(byte[] bytes, String headers) {
            return Exchange.json(method, target, bytes, headers);
        }
    }

    private Bodies() {}

    static Exchange good(Random random, Ground ground) {
        Sample sample = sample(random, ground);
        return sample.with(sample.body.toString());
    }

    /** A field is missing, there twice, with another name or too many. */
    static Exchange fields(Random random, Ground ground) {
        Sample sample = sample(random, ground);
        ObjectNode object = FuzzPlan.pick(random, objects(sample.body));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        if (names.isEmpty()) {
            object.put("x", 1);
            return sample.with(sample.body.toString());
        }
        String name = FuzzPlan.pick(random, names);
        JsonNode value = object.get(name);
        switch (random.nextInt(6)) {
            case 0 -> object.remove(name);
            case 1 ->
                object.set(FuzzPlan.pick(random, name.toUpperCase(java.util.Locale.ROOT), name + " ", "id", ""), value);
            case 2 -> object.putNull(name);
            case 3 ->
                object.set(name, FuzzPlan.pick(random, objects(sample.body)).deepCopy());
            case 4 -> java.util.stream.IntStream.range(0, 3000).forEach(i -> object.put("f" + i, i));
            default -> {
                return sample.with(sample.body.toString().replaceFirst("\\{", "{\"" + name + "\": " + "1, "));
            }
        }
        return sample.with(sample.body.toString());
    }

    static Exchange types(Random random, Ground ground) {
        return replaced(random, ground, OddValues.otherType(random));
    }

    static Exchange numbers(Random random, Ground ground) {
        return random.nextInt(3) == 0
                ? metric(
                        random,
                        ground,
                        "{\"value\": " + OddValues.number(random) + ", \"type\": \""
                                + FuzzPlan.pick(random, "i", "L", "n", "uint64", "double", "s") + "\"}")
                : replaced(random, ground, OddValues.number(random));
    }

    static Exchange texts(Random random, Ground ground) {
        return replaced(random, ground, OddValues.text(random));
    }

    /** Half a character is none: whoever takes it has to change it. */
    static Exchange surrogates(Random random, Ground ground) {
        Sample sample = sample(random, ground);
        List<ObjectNode> objects = objects(sample.body);
        objects.removeIf(object -> texts(object).isEmpty());
        ObjectNode object = FuzzPlan.pick(random, objects);
        object.put(FuzzPlan.pick(random, texts(object)), RAW);
        return sample.with(raw(sample.body, OddValues.surrogate(random))).refused();
    }

    static Exchange depths(Random random, Ground ground) {
        int depth = FuzzPlan.pick(random, 15, 16, 17, 1000, 100_000);
        return random.nextBoolean()
                ? replaced(random, ground, "[".repeat(depth) + "]".repeat(depth))
                : replaced(random, ground, "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
    }

    /** Other encodings than UTF-8, marks before, and bytes that are no text. */
    static Exchange encodings(Random random, Ground ground) {
        Sample sample = sample(random, ground);
        String text = sample.body.toString();
        byte[] utf8 = text.getBytes(UTF_8);
        byte[] mark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
        return switch (random.nextInt(8)) {
            case 0 -> sample.with(Exchange.concatenated(mark, utf8), "");
            case 1 -> sample.with(text.getBytes(Charset.forName("UTF-16")), "");
            case 2 -> sample.with(text.getBytes(Charset.forName("UTF-16LE")), "");
            case 3 -> sample.with(text.getBytes(Charset.forName("UTF-32")), "");
            case 4 -> sample.with(text.getBytes(Charset.forName("IBM037")), "");
            case 5 -> sample.with(flipped(random, utf8), "");
            case 6 -> sample.with(overlong(utf8), "");
            default ->
                sample.with(
                        utf8,
                        "Content-Encoding: " + FuzzPlan.pick(random, "br", "deflate", "x", "gzip, gzip") + "\r\n");
        };
    }

    static Exchange zipped(Random random, Ground ground) {
        Sample sample = sample(random, ground);
        byte[] text = sample.body.toString().getBytes(UTF_8);
        byte[] zipped = gzip(text);
        String gzip = "Content-Encoding: gzip\r\n";
        return switch (random.nextInt(7)) {
            case 0 -> sample.with(BOMB, gzip).refused();
            case 1 ->
                sample.with(gzip(("[" + " ".repeat(MAX_BODY_BYTES)).getBytes(UTF_8)), gzip)
                        .refused();
            case 2 ->
                sample.with(Arrays.copyOf(zipped, random.nextInt(zipped.length)), gzip)
                        .refused();
            case 3 -> sample.with(flipped(random, zipped), gzip);
            case 4 -> sample.with(gzip(zipped), gzip).refused();
            case 5 -> sample.with(Exchange.concatenated(zipped, BOMB), gzip).refused();
            default -> sample.with(zipped, gzip);
        };
    }

    /** No JSON, or more than JSON. */
    static Exchange syntax(Random random, Ground ground) {
        Sample sample = sample(random, ground);
        String text = sample.body.toString();
        String bad = switch (random.nextInt(9)) {
            case 0 -> text + FuzzPlan.pick(random, "x", "{}", ",", "]", "\u0000", "null", "//");
            case 1 -> text.substring(0, random.nextInt(text.length()));
            case 2 -> text.replace('"', '\'');
            case 3 -> "/* */" + text;
            case 4 -> text.replaceFirst("\\{", "{\"label\": 1, \"label\": 2, ");
            case 5 -> text.replaceFirst(":", "");
            case 6 -> text.replaceFirst("\\{", "{\"x\": \"" + "\\\\u12");
            case 7 -> text.replaceFirst("\"", "\"\u0001");
            default -> "";
        };
        return sample.with(bad).refused();
    }

    static Exchange sizes(Random random, Ground ground) {
        Sample sample = sample(random, ground);
        String text = sample.body.toString();
        int size = FuzzPlan.pick(random, MAX_BODY_BYTES - 1, MAX_BODY_BYTES, MAX_BODY_BYTES + 1, 3 * MAX_BODY_BYTES);
        return sample.with(text + " ".repeat(size - text.getBytes(UTF_8).length));
    }

    /** Details that have a pattern. */
    static Exchange patternsOfDetails(Random random, Ground ground) {
        ObjectNode check = tree(Resources.remoteCheck());
        ObjectNode details = (ObjectNode) check.get("details");
        if (random.nextBoolean()) {
            details.put("body", OddValues.pattern(random));
        } else {
            ObjectNode matches = details.putObject("body_matches");
            for (int i = 0; i < 1 + random.nextInt(4); i++) {
                matches.put("m" + i, OddValues.pattern(random));
            }
        }
        return random.nextBoolean()
                ? Exchange.json("POST", ground.entityPath() + "/checks", check.toString())
                : Exchange.json("PUT", ground.remoteCheckPath(), "{\"details\": " + details + "}");
    }

    static Exchange criteria(Random random, Ground ground) {
        ObjectNode alarm = tree(Resources.alarm(ground.check(random), CriteriaTexts.odd(random)));
        return random.nextBoolean()
                ? Exchange.json("POST", ground.entityPath() + "/alarms", alarm.toString())
                : Exchange.json(
                        "PUT",
                        ground.alarmPath(random),
                        tree(java.util.Map.of("criteria", alarm.get("criteria").textValue()))
                                .toString());
    }

    /** Results whose names and numbers of things are at their limits. */
    static Exchange names(Random random, Ground ground) {
        ObjectNode result = result(random, ground);
        ObjectNode metrics = result.putObject("metrics");
        int length = OddValues.length(random);
        switch (random.nextInt(6)) {
            case 0 -> metrics.put("n".repeat(length), 1);
            case 1 -> metrics.put("é".repeat(length / 2), 1);
            case 2 ->
                java.util.stream.IntStream.range(0, FuzzPlan.pick(random, 499, 500, 501, 5000))
                        .forEach(i -> metrics.put("new" + random.nextInt() + "x" + i, i));
            case 3 -> result.put("zone_id", "z".repeat(Math.min(length, 300)));
            case 4 -> metrics.putObject("m").put("value", 1).put("unit", "u".repeat(length));
            default -> result.put("collector_id", "c".repeat(length));
        }
        return Exchange.json("POST", ground.root() + "/results", result.toString());
    }

    private static Exchange replaced(Random random, Ground ground, String raw) {
        Sample sample = sample(random, ground);
        ObjectNode object = FuzzPlan.pick(random, objects(sample.body));
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        object.set(names.isEmpty() ? "x" : FuzzPlan.pick(random, names), TextNode.valueOf(RAW));
        return sample.with(raw(sample.body, raw));
    }

    private static Exchange metric(Random random, Ground ground, String raw) {
        ObjectNode result = result(random, ground);
        ((ObjectNode) result.get("metrics")).put("n", RAW);
        return Exchange.json("POST", ground.root() + "/results", raw(result, raw));
    }

    private static Sample sample(Random random, Ground ground) {
        String root = ground.root();
        String entity = ground.entityPath();
        return switch (random.nextInt(8)) {
            case 0 -> new Sample("POST", root + "/entities", entity());
            case 1 -> new Sample("PUT", entity, entity());
            case 2 -> new Sample("POST", entity + "/checks", tree(Resources.remoteCheck()));
            case 3 -> new Sample("PUT", ground.remoteCheckPath(), without(tree(Resources.remoteCheck()), "type"));
            case 4 ->
                new Sample(
                        "POST", entity + "/alarms", tree(Resources.alarm(ground.check(random), "return OK, 'fine'")));
            case 5 ->
                new Sample(
                        "PUT", ground.alarmPath(random), without(tree(Resources.alarm("x", "return OK")), "check_id"));
            case 6 -> {
                ObjectNode results = JSON.createObjectNode();
                results.putArray("results").add(result(random, ground)).add(result(random, ground));
                yield new Sample("POST", root + "/results", results);
            }
            default -> new Sample("POST", root + "/results", result(random, ground));
        };
    }

    private static ObjectNode entity() {
        ObjectNode entity =
                JSON.createObjectNode().put("label", "fuzz").put("uri", "urn:x").put("managed", false);
        entity.putObject("ip_addresses").put("self", "127.0.0.1").put("other", "::1");
        entity.putObject("metadata").put("a", "b");
        return entity;
    }

    private static ObjectNode result(Random random, Ground ground) {
        ObjectNode result = JSON.createObjectNode()
                .put("entity_id", ground.entity())
                .put("check_id", ground.check(random))
                .put("timestamp", System.currentTimeMillis())
                .put("available", true)
                .put("status", "ok");
        ObjectNode metrics = result.putObject("metrics");
        metrics.put("n", random.nextInt(100)).put("text", "some text").put("b", true);
        metrics.putObject("m").put("value", 1.5).put("unit", "ms");
        return result;
    }

    private static ObjectNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    private static ObjectNode without(ObjectNode object, String field) {
        object.remove(field);
        return object;
    }

    private static String raw(ObjectNode body, String raw) {
        return body.toString().replace("\"" + RAW + "\"", raw);
    }

    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> found = new ArrayList<>();
        if (node instanceof ObjectNode object) {
            found.add(object);
        }
        if (node instanceof ObjectNode || node instanceof ArrayNode) {
            node.forEach(child -> found.addAll(objects(child)));
        }
        return found;
    }

    private static List<String> texts(ObjectNode object) {
        return object.properties().stream()
                .filter(member -> member.getValue().isTextual())
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    private static byte[] flipped(Random random, byte[] bytes) {
        byte[] other = bytes.clone();
        for (int i = 0; i < 3; i++) {
            other[random.nextInt(other.length)] = (byte) random.nextInt();
        }
        return other;
    }

    /** A letter in two bytes where one would do, which Jackson reads as that letter. Source: RFC 3629 section 3, which forbids it. */
    private static byte[] overlong(byte[] utf8) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte b : utf8) {
            if (b == 'o') {
                out.write(0xC1);
                out.write(0xAF);
            } else {
                out.write(b);
            }
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
