package io.tidewatch.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.schema.ZoneObservation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AvroSerdeTest {
    private static final String TOPIC = "some.check-results";

    private final UnreliableSchemaRegistry registry = new UnreliableSchemaRegistry();
    private final AvroSerde<CheckResult> serde = new AvroSerde<>(registry, CheckResult.class);

    @Test
    void readsWhatItWrote() {
        CheckResult result = result("up");

        byte[] bytes = serde.serializer().serialize(TOPIC, result);

        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(result);
    }

    @Test
    void writesAZeroByteTheIdInFourBytesAndTheBody() {
        registry.register("other", Schema.create(Schema.Type.LONG));

        byte[] bytes = serde.serializer().serialize(TOPIC, result("up"));

        assertThat(Arrays.copyOf(bytes, 5)).containsExactly(0, 0, 0, 0, 2);
        assertThat(registry.schema(2)).isEqualTo(CheckResult.SCHEMA$);
    }

    @Test
    void registersUnderTheTopicOnceAndLooksTheIdUpOnce() {
        byte[] first = serde.serializer().serialize(TOPIC, result("up"));
        byte[] second = serde.serializer().serialize(TOPIC, result("down"));
        serde.serializer().serialize("another", result("down"));
        serde.deserializer().deserialize(TOPIC, first);
        serde.deserializer().deserialize("another", second);

        assertThat(registry.requests())
                .containsExactly("register some.check-results-value", "register another-value", "schema 1");
    }

    @Test
    void passesNullThroughInBothDirections() {
        assertThat(serde.serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde.deserializer().deserialize(TOPIC, null)).isNull();
    }

    @Test
    void readsARecordOfAnOlderSchemaWithDefaults() {
        ZoneObservation observation = new ZoneObservation("lon", State.OK, "fine", Instant.ofEpochMilli(5));
        Schema older = SchemaBuilder.record("ZoneObservation")
                .namespace("io.tidewatch.schema")
                .fields()
                .requiredString("status")
                .requiredLong("timestamp")
                .name("state")
                .type(State.SCHEMA$)
                .noDefault()
                .endRecord();
        AvroSerde<ZoneObservation> observations = new AvroSerde<>(registry, ZoneObservation.class);
        byte[] body = {8, 'f', 'i', 'n', 'e', 10, 0};

        ZoneObservation read =
                observations.deserializer().deserialize(TOPIC, framed(registry.register("older", older), body));

        observation.setZoneId(null);
        assertThat(read).isEqualTo(observation);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void refusesBytesThatAreTooFewForAnId(int length) {
        refuses(
                new byte[length],
                "Not in the registry's wire format: " + length
                        + " bytes that do not begin with a zero byte and a schema id");
    }

    @Test
    void refusesBytesThatBeginWithAnythingButZero() {
        byte[] bytes = serde.serializer().serialize(TOPIC, result("up"));
        bytes[0] = 1;

        refuses(
                bytes,
                "Not in the registry's wire format: " + bytes.length
                        + " bytes that do not begin with a zero byte and a schema id");
    }

    @Test
    void refusesARecordThatEndsTooEarly() {
        byte[] bytes = serde.serializer().serialize(TOPIC, result("up"));

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, Arrays.copyOf(bytes, bytes.length - 1)))
                .withMessageStartingWith("Schema id 1 does not lead to a CheckResult: java.io.EOFException");
    }

    @Test
    void refusesBytesBehindTheRecord() {
        byte[] bytes = serde.serializer().serialize(TOPIC, result("up"));

        refuses(Arrays.copyOf(bytes, bytes.length + 1), "Bytes are left over after a record of schema id 1");
    }

    @Test
    void refusesARecordOfAnotherSchema() {
        int id = registry.register("numbers", Schema.create(Schema.Type.LONG));

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, framed(id, new byte[] {2})))
                .withMessageStartingWith("Schema id 1 does not lead to a CheckResult: ");
    }

    /** Avro has an exception of its own for lengths that no memory could hold. */
    @Test
    void refusesAbsurdLengths() {
        serde.serializer().serialize(TOPIC, result("up"));
        byte[] absurd = {-2, -1, -1, -1, 15, 'x'};

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, framed(1, absurd)))
                .withMessageStartingWith("Schema id 1 does not lead to a CheckResult: ");
    }

    @Property
    void readsOrRefusesMutilatedRecords(@ForAll Random choices, @ForAll @IntRange(min = 1, max = 5) int wounds) {
        byte[] bytes = serde.serializer().serialize(TOPIC, result("up"));
        for (int i = 0; i < wounds; i++) {
            bytes[5 + choices.nextInt(bytes.length - 5)] = (byte) choices.nextInt();
        }

        Throwable thrown = catchThrowable(() -> serde.deserializer().deserialize(TOPIC, bytes));

        assertThat(thrown == null || thrown instanceof SerializationException)
                .as(String.valueOf(thrown))
                .isTrue();
    }

    @Test
    void goesOnReadingAfterARecordThatItRefused() {
        byte[] bytes = serde.serializer().serialize(TOPIC, result("up"));
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, Arrays.copyOf(bytes, 9)));

        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(result("up"));
    }

    @Test
    void passesOnThatAnIdIsUnknown() {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, framed(7, new byte[] {2})))
                .isNotInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void triesAgainAfterTheRegistryWasOutOfReach() {
        byte[] bytes = serde.serializer().serialize(TOPIC, result("up"));
        registry.setReachable(false);
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> serde.serializer().serialize("another", result("up")));
        registry.setReachable(true);

        assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(result("up"));
        assertThat(serde.serializer().serialize("another", result("up"))).isEqualTo(bytes);
    }

    @Test
    void refusesToWriteARecordThatLacksWhatItsSchemaRequires() {
        CheckResult incomplete = result("up");
        incomplete.setStatus(null);

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.serializer().serialize(TOPIC, incomplete))
                .withMessageStartingWith("A record for some.check-results does not fit its schema: ");
        assertThat(serde.deserializer().deserialize(TOPIC, serde.serializer().serialize(TOPIC, result("up"))))
                .isEqualTo(result("up"));
    }

    @Test
    void servesManyThreadsAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<CheckResult>> roundTrips = IntStream.range(0, 400)
                    .<Callable<CheckResult>>mapToObj(i -> () -> serde.deserializer()
                            .deserialize(TOPIC, serde.serializer().serialize(TOPIC, result("status " + i))))
                    .toList();

            List<Future<CheckResult>> read = threads.invokeAll(roundTrips);

            for (int i = 0; i < read.size(); i++) {
                assertThat(read.get(i).get()).isEqualTo(result("status " + i));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private void refuses(byte[] bytes, String message) {
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.deserializer().deserialize(TOPIC, bytes))
                .withMessage(message);
    }

    private static byte[] framed(int id, byte[] body) {
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) 0)
                .putInt(id)
                .put(body)
                .array();
    }

    private static CheckResult result(String status) {
        return CheckResult.newBuilder()
                .setResultId("5f0c3f3a-0000-4000-8000-000000000001")
                .setTenantId("acme")
                .setEntityId("enDB1")
                .setCheckId("chPing")
                .setCheckType("remote.ping")
                .setZoneId("lon")
                .setCollectorId("poller-1")
                .setTimestamp(Instant.ofEpochMilli(1_700_000_000_123L))
                .setAvailable(true)
                .setStatus(status)
                .setFailure(FailureKind.OTHER)
                .setMetrics(Map.of(
                        "count", new Metric(7L, null),
                        "average", new Metric(0.25, "seconds"),
                        "code", new Metric("200", null),
                        "up", new Metric(true, null)))
                .build();
    }
}
