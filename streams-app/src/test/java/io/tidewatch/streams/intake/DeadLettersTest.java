package io.tidewatch.streams.intake;

import static io.tidewatch.streams.ResultsOfOneCheck.KEY;
import static io.tidewatch.streams.ResultsOfOneCheck.result;
import static io.tidewatch.streams.TopologyRig.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.CutValues;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.TopologyRig;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.streams.topology.RollupTopology;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which a record on check-results can be bad, on the rollup topology, which begins like all others. */
final class DeadLettersTest {
    private static final String RESULTS = "tidewatch.check-results";
    private static final byte[] KEY_BYTES = KEY.getBytes(StandardCharsets.UTF_8);

    private static final Duration IDLE = Duration.ofSeconds(1);

    @TempDir
    private Path stateDir;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyRig rig;
    private long caughtUpMs;

    @BeforeEach
    void start() {
        startWith(registry, 1, ReportedElsewhere.NOTHING);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    @Test
    void putsGarbageAsideWithItsBytesAndItsOrigin() {
        byte[] garbage = {1, 2, 3};

        rig.publish(fine());
        rig.publishBytes(Topic.CHECK_RESULTS, garbage);

        TestRecord<byte[], byte[]> letter = onlyDeadLetter();
        assertThat(letter.key()).isEqualTo(KEY_BYTES);
        assertThat(letter.value()).isEqualTo(garbage);
        assertThat(TopologyRig.headers(letter))
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "topic", RESULTS,
                                "partition", "0",
                                "offset", "1",
                                "timestamp", Long.toString(START.toEpochMilli()),
                                "application", "rig",
                                "stage", "decode",
                                "error", "org.apache.kafka.common.errors.SerializationException",
                                "reason",
                                        "Not in the registry's wire format: 3 bytes that do not begin with a zero byte and a schema id"));
        assertThat(counted("tidewatch.dead.letters", "decode")).isEqualTo(1);
    }

    @Test
    void putsAnUnknownSchemaIdAside() {
        rig.publishBytes(
                Topic.CHECK_RESULTS,
                ByteBuffer.allocate(6).put((byte) 0).putInt(4711).array());

        assertThat(reasonOf("decode")).contains("4711");
    }

    @Test
    void putsANullWhereNoneMayBeAside() throws IOException {
        rig.publishBytes(Topic.CHECK_RESULTS, resultWithoutTenant());

        assertThat(reasonOf("decode")).contains("does not lead to a CheckResult");
    }

    @Test
    void putsARecordWithoutValueAside() {
        rig.input(Topic.CHECK_RESULTS, CheckResult.class).pipeInput(KEY, (CheckResult) null, START);

        assertThat(reasonOf("validate-result")).isEqualTo("The record has no value; a check result can't be deleted");
    }

    @Test
    void putsEmptyIdsAndIdsWithASlashAside() {
        CheckResult empty = fine();
        empty.setEntityId("");
        rig.publish(empty);
        assertThat(reasonOf("validate-result"))
                .isEqualTo("The result's entity_id is '', but has to be at least one character, none of them '/'");

        CheckResult slash = fine();
        slash.setTenantId("a/b");
        rig.publish(slash);
        assertThat(reasonOf("validate-result")).contains("tenant_id is 'a/b'");

        CheckResult zone = fine();
        zone.setZoneId("");
        rig.publish(zone);
        assertThat(reasonOf("validate-result")).contains("zone_id is ''").contains("null for an agent's check");
    }

    @Test
    void namesTheRightKeyOfARecordOnTheWrongPartition() {
        end();
        int partitions = 6;
        startWith(registry, partitions, ReportedElsewhere.NOTHING);
        CheckResult stray = fine();
        stray.setCheckId("ch3");
        int right = new CheckPath("t", "en1", "ch3").partition(partitions);
        assertThat(right).as("or else this test would show nothing").isNotZero();

        rig.input(Topic.CHECK_RESULTS, CheckResult.class).pipeInput("ch3", stray, START);

        assertThat(reasonOf("validate-result"))
                .isEqualTo(
                        "The record is on partition 0 with the key 'ch3', but results of this check belong on partition "
                                + right + ": use the key 't/en1/ch3' and the default partitioner");
    }

    @Test
    void letsAClockBeAnHourAheadAndNotMore() {
        CheckResult result = result("mzdfw", START.plus(ValidateResult.MAX_AHEAD), "duration", 1L);
        rig.input(Topic.CHECK_RESULTS, CheckResult.class).pipeInput(KEY, result, START);
        assertThat(rig.deadLetters()).isEmpty();

        CheckResult ahead = result("mzdfw", START.plus(ValidateResult.MAX_AHEAD).plusMillis(1), "duration", 1L);
        rig.input(Topic.CHECK_RESULTS, CheckResult.class).pipeInput(KEY, ahead, START);
        assertThat(reasonOf("validate-result")).contains("check the collector's clock");
    }

    @Test
    void takesNoTimeBeforeTheEpoch() {
        rig.input(Topic.CHECK_RESULTS, CheckResult.class)
                .pipeInput(KEY, result("mzdfw", Instant.EPOCH, "duration", 1L), START);
        assertThat(rig.deadLetters()).isEmpty();

        CheckResult ancient = result("mzdfw", Instant.ofEpochMilli(Long.MIN_VALUE), "duration", 1L);
        rig.input(Topic.CHECK_RESULTS, CheckResult.class).pipeInput(KEY, ancient, START);
        assertThat(reasonOf("validate-result"))
                .contains("lies before 1970-01-01T00:00:00Z")
                .contains("check the collector's clock");
    }

    @Test
    void goesOnWithThePartitionAfterABadRecord() {
        rig.publishBytes(Topic.CHECK_RESULTS, new byte[] {9});
        rig.publish(fine());
        caughtUpMs = IDLE.toMillis();
        rig.driver.advanceWallClockTime(Duration.ofHours(1));

        assertThat(rig.published(Topic.METRIC_ROLLUPS, MetricRollup.class))
                .extracting(TestRecord::key)
                .containsOnly("t/en1/ch1/mzdfw/@available", "t/en1/ch1/mzdfw/duration");
    }

    @Test
    void onlyCountsWhatAnotherApplicationReports() {
        end();
        startWith(registry, 1, new ReportedElsewhere(Set.of(RESULTS), Set.of(ValidateResult.NODE)));
        CheckResult empty = fine();
        empty.setCheckId("");

        rig.publishBytes(Topic.CHECK_RESULTS, new byte[] {9});
        rig.publish(empty);

        assertThat(rig.deadLetters()).isEmpty();
        assertThat(counted("tidewatch.records.dropped", "decode")).isEqualTo(1);
        assertThat(counted("tidewatch.records.dropped", "validate-result")).isEqualTo(1);
    }

    @Test
    void failsInsteadOfBlamingTheRecordWhenTheRegistryIsAway() {
        end();
        startWith(new RegistryThatIsAway(), 1, ReportedElsewhere.NOTHING);

        assertThatThrownBy(() -> rig.publish(fine())).hasCauseInstanceOf(RegistryUnavailableException.class);

        assertThat(rig.deadLetters()).isEmpty();
    }

    @Test
    void keepsAsMuchOfAValueAsThereIsRoomFor() {
        byte[] longest = new byte[CutValues.MAX_VALUE_BYTES];
        rig.publishBytes(Topic.CHECK_RESULTS, longest);
        TestRecord<byte[], byte[]> whole = onlyDeadLetter();
        assertThat(whole.value()).isEqualTo(longest);
        assertThat(TopologyRig.headers(whole)).doesNotContainKey("length");

        rig.publishBytes(Topic.CHECK_RESULTS, new byte[CutValues.MAX_VALUE_BYTES + 1]);
        TestRecord<byte[], byte[]> cut = onlyDeadLetter();
        assertThat(cut.value()).isEqualTo(longest);
        assertThat(TopologyRig.headers(cut)).containsEntry("length", Integer.toString(CutValues.MAX_VALUE_BYTES + 1));
    }

    /** A reason may quote a key, which may have a megabyte. */
    @Test
    void everyDeadLetterFitsItsTopic() {
        end();
        startWith(registry, 6, ReportedElsewhere.NOTHING);
        CheckResult stray = fine();
        stray.setCheckId("ch3");
        rig.input(Topic.CHECK_RESULTS, CheckResult.class).pipeInput("k".repeat(1_000_000), stray, START);

        TestRecord<byte[], byte[]> letter = onlyDeadLetter();
        int headers = TopologyRig.headers(letter).entrySet().stream()
                .mapToInt(
                        header -> header.getKey().length() + header.getValue().getBytes(StandardCharsets.UTF_8).length)
                .sum();
        assertThat(headers).isLessThan(64 << 10);
        assertThat(letter.key().length + CutValues.MAX_VALUE_BYTES + headers)
                .isLessThan(Topic.LARGEST_DEAD_LETTER_BYTES);
    }

    private static CheckResult fine() {
        return result("mzdfw", START, "duration", 1L);
    }

    private void startWith(SchemaRegistry read, int partitions, ReportedElsewhere reportedElsewhere) {
        rig = new TopologyRig(
                RollupTopology.build(
                        TopicNames.withDefaultPrefix(),
                        read,
                        partitions,
                        new RollUpMetrics.Times(Duration.ZERO, IDLE, Duration.ofDays(2)),
                        partition -> caughtUpMs,
                        meters),
                registry,
                meters,
                stateDir,
                reportedElsewhere,
                START);
    }

    private TestRecord<byte[], byte[]> onlyDeadLetter() {
        return assertThat(rig.deadLetters()).singleElement().actual();
    }

    private String reasonOf(String stage) {
        Map<String, String> headers = TopologyRig.headers(onlyDeadLetter());
        assertThat(headers).containsEntry("stage", stage);
        return headers.get("reason");
    }

    private double counted(String counter, String stage) {
        return meters.counter(counter, "application", "rig", "topic", RESULTS, "stage", stage)
                .count();
    }

    /** As from a producer whose schema lets the tenant be null. */
    private byte[] resultWithoutTenant() throws IOException {
        Schema writer = SchemaBuilder.record("CheckResult")
                .namespace("io.tidewatch.schema")
                .fields()
                .name("tenant_id")
                .type()
                .nullable()
                .stringType()
                .noDefault()
                .endRecord();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(4)
                .putInt(registry.register("elsewhere", writer))
                .array());
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<GenericData.Record>(writer).write(new GenericData.Record(writer), encoder);
        return bytes.toByteArray();
    }

    private static final class RegistryThatIsAway implements SchemaRegistry {
        @Override
        public int register(String subject, Schema schema) {
            throw new RegistryUnavailableException("away", new IOException());
        }

        @Override
        public Schema schema(int id) {
            throw new RegistryUnavailableException("away", new IOException());
        }
    }
}
