package io.tidewatch.system.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/** Records for the topic of results: results that are odd, and bytes that are none. */
final class Results {
    /** What a broker takes as one batch. Source: Kafka's message.max.bytes, 1 MiB and what is about it. */
    private static final int MAX_RECORD_BYTES = 1_048_588;

    private static final List<Long> TIMES = List.of(
            Long.MIN_VALUE,
            -1L,
            0L,
            1L,
            -62_135_596_800_000L,
            253_402_300_799_999L,
            253_402_300_800_000L,
            8_640_000_000_000_000L,
            Long.MAX_VALUE);

    private static final List<Double> DOUBLES = List.of(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            -0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            -Double.MAX_VALUE,
            1e-320);

    private final int schemaId;

    /** @param schemaId that of {@link CheckResult} in the registry */
    Results(int schemaId) {
        this.schemaId = schemaId;
    }

    RawRecord good(Random random, Ground ground) {
        return of(result(random, ground), edit -> {});
    }

    RawRecord garbage(Random random, Ground ground) {
        byte[] bytes = new byte[FuzzPlan.pick(random, 0, 1, 4, 5, 6, 100, 10_000)];
        random.nextBytes(bytes);
        if (bytes.length > 0 && bytes[0] == 0) {
            bytes[0] = 1;
        }
        return RawRecord.of(key(ground, random), bytes).dead();
    }

    /** The right first byte, and then the id of a schema that is not there, or of another. */
    RawRecord schemas(Random random, Ground ground) {
        byte[] body = body(random, ground);
        int id = FuzzPlan.pick(random, 0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 987_654, random.nextInt());
        return id == schemaId
                ? RawRecord.of(key(ground, random), wire(id, body))
                : RawRecord.of(key(ground, random), wire(id, body)).dead();
    }

    /** Schemas that the registry has, with bytes of a result. */
    RawRecord otherSchemas(Random random, Ground ground) {
        return RawRecord.of(key(ground, random), wire(1 + random.nextInt(12), body(random, ground)));
    }

    RawRecord truncated(Random random, Ground ground) {
        byte[] body = body(random, ground);
        return RawRecord.of(key(ground, random), wire(schemaId, Arrays.copyOf(body, random.nextInt(body.length))))
                .dead();
    }

    /** A body with some other bytes: lengths become negative or huge, branches of unions such that are not there. */
    RawRecord flipped(Random random, Ground ground) {
        byte[] body = body(random, ground);
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            body[random.nextInt(body.length)] = (byte) random.nextInt();
        }
        byte[] hugeLength = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        return RawRecord.of(key(ground, random), wire(schemaId, random.nextInt(4) == 0 ? hugeLength : body));
    }

    /** Up to what the broker takes, and beyond: of garbage, of one text, of many. */
    RawRecord sizes(Random random, Ground ground) {
        int size = MAX_RECORD_BYTES
                - FuzzPlan.pick(random, 1000, 600, 300, 200, 150, 100, 90, 80, 70, 0, -10)
                - (random.nextBoolean() ? 0 : random.nextInt(MAX_RECORD_BYTES - 2000));
        return switch (random.nextInt(3)) {
            case 0 -> {
                byte[] bytes = new byte[size];
                Arrays.fill(bytes, (byte) 1);
                yield RawRecord.of(key(ground, random), bytes).dead();
            }
            case 1 ->
                of(
                        result(random, ground),
                        edit -> edit.getMetrics().put("text", new Metric("x".repeat(Math.max(1, size - 400)), null)));
            default ->
                of(result(random, ground), edit -> {
                    for (int i = 0; i < size / 4200; i++) {
                        edit.getMetrics().put("t" + i, new Metric("y".repeat(4096), null));
                    }
                });
        };
    }

    RawRecord empties(Random random, Ground ground) {
        RawRecord good = good(random, ground);
        return switch (random.nextInt(5)) {
            case 0 -> RawRecord.of(key(ground, random), null).dead();
            case 1 -> RawRecord.of(key(ground, random), new byte[0]).dead();
            case 2 -> good.withKey(null).on(random.nextInt(Topic.DEFAULT_PARTITIONS));
            case 3 -> good.withKey(new byte[0]).on(random.nextInt(Topic.DEFAULT_PARTITIONS));
            default ->
                RawRecord.of("", null)
                        .withKey(null)
                        .on(random.nextInt(Topic.DEFAULT_PARTITIONS))
                        .dead();
        };
    }

    RawRecord times(Random random, Ground ground) {
        RawRecord odd = of(
                result(random, ground),
                edit -> edit.put(
                        CheckResult.SCHEMA$.getField("timestamp").pos(),
                        Instant.ofEpochMilli(
                                random.nextBoolean()
                                        ? FuzzPlan.pick(random, TIMES)
                                        : System.currentTimeMillis() + random.nextInt(10_000_000) - 5_000_000)));
        return random.nextInt(3) > 0
                ? odd
                : odd.at(FuzzPlan.pick(
                        random,
                        0L,
                        1L,
                        System.currentTimeMillis() + 3_500_000,
                        System.currentTimeMillis() + 3_700_000,
                        Long.MAX_VALUE));
    }

    RawRecord numbers(Random random, Ground ground) {
        return of(result(random, ground), edit -> {
            edit.getMetrics().put("n", new Metric(FuzzPlan.pick(random, DOUBLES), null));
            edit.getMetrics().put("m", new Metric(FuzzPlan.pick(random, Long.MIN_VALUE, Long.MAX_VALUE, 0L), null));
            edit.getMetrics().put("d", new Metric(Double.longBitsToDouble(random.nextLong()), null));
        });
    }

    RawRecord manyMetrics(Random random, Ground ground) {
        int count = FuzzPlan.pick(random, 499, 500, 501, 3000);
        return of(result(random, ground), edit -> {
            for (int i = 0; i < count; i++) {
                edit.getMetrics().put("m" + i, new Metric((long) i, "ms"));
            }
        });
    }

    /** Names, texts and units of all lengths, and of letters that names have not. */
    RawRecord texts(Random random, Ground ground) {
        String text = text(random);
        return of(result(random, ground), edit -> {
            switch (random.nextInt(7)) {
                case 0 -> edit.getMetrics().put(text, new Metric(1L, null));
                case 1 -> edit.getMetrics().put("text", new Metric(text, null));
                case 2 -> edit.getMetrics().put("n", new Metric(1L, text));
                case 3 -> edit.setStatus(text);
                case 4 -> edit.setCollectorId(text);
                case 5 -> edit.setCheckType(text);
                default -> edit.setResultId(text);
            }
        });
    }

    RawRecord zones(Random random, Ground ground) {
        String zone = random.nextBoolean() ? "zone" + random.nextInt() : text(random);
        return of(result(random, ground), edit -> edit.setZoneId(zone));
    }

    /** Of checks and tenants that nobody has made, with names as long as can be. */
    RawRecord strangers(Random random, Ground ground) {
        int length = FuzzPlan.pick(random, 1, 64, 65, 255, 256, 16_000, 22_000, 33_000, 65_536);
        String tenant = FuzzPlan.pick(random, ground.tenant(), "t".repeat(Math.min(length, 70)), text(random));
        return of(result(random, ground), edit -> {
            edit.setTenantId(tenant);
            edit.setEntityId(FuzzPlan.pick(random, "e" + random.nextInt(), "é".repeat(length), "", "a/b"));
            edit.setCheckId(FuzzPlan.pick(random, "c" + random.nextInt(), "c".repeat(length)));
        });
    }

    /** Under keys, and on partitions, that are not the check's. */
    RawRecord keys(Random random, Ground ground) {
        RawRecord good = good(random, ground);
        return random.nextBoolean()
                ? good.on(random.nextInt(Topic.DEFAULT_PARTITIONS))
                : good.withKey(text(random).getBytes(UTF_8)).on(random.nextInt(Topic.DEFAULT_PARTITIONS));
    }

    RawRecord headers(Random random, Ground ground) {
        Map<String, byte[]> headers = new HashMap<>();
        int count = FuzzPlan.pick(random, 1, 100, 5000);
        for (int i = 0; i < count; i++) {
            headers.put("h" + i, new byte[FuzzPlan.pick(random, 0, 1, 100)]);
        }
        headers.put(FuzzPlan.pick(random, "topic", "offset", "reason", "", "é"), "forged".getBytes(UTF_8));
        RawRecord record = random.nextBoolean() ? good(random, ground) : garbage(random, ground);
        return record.with(headers);
    }

    /** Always others, in one window of one check. */
    RawRecord newNames(Random random, Ground ground) {
        CheckResult result = result(random, ground);
        return of(result, edit -> {
            edit.setCheckId(ground.checks().get(0));
            edit.setTimestamp(window());
            for (int i = 0; i < 500; i++) {
                edit.getMetrics().put("new" + random.nextInt() + "." + i, new Metric(1L, null));
            }
        });
    }

    /** Four long texts that are never the same twice, in one window of one check. */
    RawRecord newTexts(Random random, Ground ground) {
        return of(result(random, ground), edit -> {
            edit.setCheckId(ground.checks().get(1));
            edit.setTimestamp(window());
            for (int i = 0; i < 4; i++) {
                edit.getMetrics().put("text" + i, new Metric(random.nextLong() + "x".repeat(1000), null));
            }
        });
    }

    /** What the patterns of the alarms take longest with. */
    RawRecord heavyTexts(Random random, Ground ground) {
        return of(
                result(random, ground),
                edit -> edit.getMetrics()
                        .put(
                                "text",
                                new Metric(
                                        FuzzPlan.pick(random, "x", "ab", "é", "xc")
                                                .repeat(FuzzPlan.pick(random, 100, 1000, 2048)),
                                        null)));
    }

    private RawRecord of(CheckResult result, Consumer<CheckResult> change) {
        change.accept(result);
        return RawRecord.of(
                result.getTenantId() + "/" + result.getEntityId() + "/" + result.getCheckId(),
                wire(schemaId, encoded(result)));
    }

    private byte[] body(Random random, Ground ground) {
        return encoded(result(random, ground));
    }

    private static Instant window() {
        return Instant.ofEpochMilli(System.currentTimeMillis());
    }

    private static String key(Ground ground, Random random) {
        return new CheckPath(ground.tenant(), ground.entity(), ground.check(random)).toString();
    }

    private static String text(Random random) {
        int length = OddValues.length(random);
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "a\u0000b";
            case 2 -> "é".repeat(length);
            case 3 -> "😀\n\r\t/'\"\\#{x}".repeat(1 + length / 20);
            case 4 -> "@available";
            default -> "a".repeat(length);
        };
    }

    private static CheckResult result(Random random, Ground ground) {
        Map<String, Metric> metrics = new HashMap<>();
        metrics.put("n", new Metric((long) random.nextInt(100), null));
        metrics.put("m", new Metric(100.0, "ms"));
        metrics.put("text", new Metric("text " + random.nextInt(3), null));
        boolean available = random.nextInt(10) > 0;
        return CheckResult.newBuilder()
                .setResultId(new UUID(random.nextLong(), random.nextLong()).toString())
                .setTenantId(ground.tenant())
                .setEntityId(ground.entity())
                .setCheckId(ground.check(random))
                .setCheckType("agent.plugin")
                .setCollectorId("fuzz")
                .setTimestamp(Instant.ofEpochMilli(System.currentTimeMillis()))
                .setAvailable(available)
                .setStatus("ok")
                .setFailure(available ? null : FuzzPlan.pick(random, FailureKind.values()))
                .setMetrics(metrics)
                .build();
    }

    private static byte[] wire(int id, byte[] body) {
        return ByteBuffer.allocate(1 + Integer.BYTES + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    private static byte[] encoded(CheckResult result) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(body, null);
        try {
            new SpecificDatumWriter<>(CheckResult.class).write(result, encoder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return body.toByteArray();
    }
}
