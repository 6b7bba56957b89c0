package io.tidewatch.poller.assignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.poller.MemorySchemaRegistry;
import io.tidewatch.poller.TestZone;
import io.tidewatch.poller.remote.ping.Pinger;
import io.tidewatch.poller.results.Collector;
import io.tidewatch.poller.schedule.CheckScheduler;
import io.tidewatch.poller.schedule.ScheduleMetrics;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.TargetResolver;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From records on the configuration topics to results: all of a poller but Kafka. */
class ZoneChecksTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();
    private static final TopicPartition CHECKS = new TopicPartition(TOPICS.of(Topic.CHECKS), 0);
    private static final TopicPartition ENTITIES = new TopicPartition(TOPICS.of(Topic.ENTITIES), 0);

    private final ServerSocket target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final TestZone zone = TestZone.allowing("127.0.0.0/8");
    private final Pinger pinger = Pinger.open();
    private final MemorySchemaRegistry registry = new MemorySchemaRegistry();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final List<CheckResult> results = new CopyOnWriteArrayList<>();
    private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
    private final Map<TopicPartition, Long> ends = new HashMap<>(Map.of(CHECKS, 0L, ENTITIES, 0L));
    private final CheckScheduler scheduler = new CheckScheduler(
            new Collector("mzdfw", "poller-1"),
            100,
            zone.loops(),
            results::add,
            new ScheduleMetrics(metrics),
            Clock.systemUTC());
    private final TopicFollower follower = new TopicFollower(
            "configuration",
            kafka,
            registry,
            TOPICS,
            ZoneChecks.TOPICS,
            new ZoneChecks(
                    "mzdfw",
                    new Probes(
                            ProbeTypes.all(zone.connector(), pinger, Runnable::run, Clock.systemUTC()),
                            TargetResolver.IPv4),
                    scheduler),
            metrics);

    ZoneChecksTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        follower.close();
        scheduler.close();
        pinger.close();
        zone.close();
        target.close();
    }

    @Test
    void runsTheChecksOfItsZoneThatAreSwitchedOn() {
        put(check("ch1"));
        put(check("ch2", check -> check.setMonitoringZonesPoll(List.of("mzord"))));
        put(check("ch3", check -> check.setDisabled(true)));
        put(check("ch4", check -> check.setType("agent.cpu")));
        put(check("ch5"));
        delete("ch5");

        start();

        awaitResult(result -> result.getAvailable());
        assertThat(scheduler.scheduled()).isOne();
        assertThat(results).allSatisfy(result -> assertThat(result.getCheckId()).isEqualTo("ch1"));
    }

    @Test
    void isNotCaughtUpBeforeTheEndAtTheStart() throws Exception {
        put(check("ch1"));
        ends.merge(CHECKS, 1L, Long::sum); // a record that is still to come

        begin();

        assertThat(follower.awaitCaughtUp(Duration.ofMillis(200))).isFalse();
        assertThat(scheduler.scheduled()).isZero();
        ends.merge(CHECKS, -1L, Long::sum);
        put(check("ch2"));
        await().atMost(DEADLINE).until(follower::isCaughtUp);
        assertThat(scheduler.scheduled()).isEqualTo(2);
    }

    @Test
    void takesChangesAtOnce() {
        start();

        put(check("ch1"));
        awaitScheduled(1);
        put(check("ch1", check -> check.setDisabled(true)));
        awaitScheduled(0);
        put(check("ch1"));
        awaitScheduled(1);
        put(check("ch1", check -> check.setMonitoringZonesPoll(List.of("mzord"))));
        awaitScheduled(0);
        put(check("ch1"));
        awaitScheduled(1);
        delete("ch1");
        awaitScheduled(0);
    }

    @Test
    void runsACheckAsItWasChanged() {
        put(check("ch1"));
        start();
        awaitResult(result -> result.getAvailable());

        put(check("ch1", check -> check.setDetails(Map.of("port", 70_000L))));

        awaitResult(
                result -> result.getStatus().equals("not run: details.port is 70000, but has to be from 1 to 65535"));
        assertThat(results.get(results.size() - 1).getFailure()).isEqualTo(FailureKind.NOT_RUN);
    }

    @Test
    void findsTheTargetOfAnAliasAndFollowsItsEntity() {
        put(check("ch1", check -> {
            check.setTargetHostname(null);
            check.setTargetAlias("public0");
        }));
        start();

        awaitResult(result -> result.getStatus().equals("not run: entity en1 is not known"));
        putEntity(Map.of("private0", "127.0.0.1"));
        awaitResult(result ->
                result.getStatus().equals("not run: target_alias public0 is none of the ip_addresses of entity en1"));
        putEntity(Map.of("public0", "127.0.0.1"));
        awaitResult(result -> result.getAvailable());
        deleteEntity();
        awaitResult(result -> result.getStatus().equals("not run: entity en1 is not known"));
    }

    @Test
    void namesAMissingTarget() {
        put(check("ch1", check -> check.setTargetHostname(null)));

        start();

        awaitResult(result -> result.getStatus().equals("not run: neither target_alias nor target_hostname is given"));
    }

    @Test
    void saysSoWhenItCanNotRunATypeOfItsZone() {
        put(check("ch1", check -> check.setType("remote.gopher")));

        start();

        awaitResult(result -> result.getStatus().equals("not run: checks of type remote.gopher can't be run here"));
    }

    @Test
    void skipsRecordsThatCanNotBeUnderstood() {
        raw(CHECKS, "t/en1/garbage", new byte[] {1, 2, 3});
        raw(CHECKS, "t/en1/unknown-schema", new byte[] {0, 0, 0, 1, 0, 9});
        raw(CHECKS, "not-a-path", null);
        raw(CHECKS, "t/en1/other", bytes(CHECKS, check("ch9")));
        raw(ENTITIES, "t/other", bytes(ENTITIES, entity(Map.of())));
        put(check("ch1"));

        start();

        awaitResult(result -> result.getAvailable());
        assertThat(metrics.counter("tidewatch.follower.records.skipped", "follower", "configuration")
                        .count())
                .isEqualTo(5);
        assertThat(follower.deadBecause()).isEmpty();
        assertThat(scheduler.scheduled()).isOne();
    }

    @Test
    void aBadRecordLeavesTheCheckAsItWas() {
        put(check("ch1"));
        raw(CHECKS, "t/en1/ch1", new byte[] {9});

        start();

        awaitResult(result -> result.getAvailable());
        assertThat(scheduler.scheduled()).isOne();
    }

    @Test
    void waitsForTheRegistryAndLosesNothing() {
        put(check("ch1"));
        registry.setAway(true);
        begin();
        await().during(Duration.ofMillis(200)).atMost(DEADLINE).until(() -> !follower.isCaughtUp());

        registry.setAway(false);

        await().atMost(DEADLINE).until(follower::isCaughtUp);
        assertThat(scheduler.scheduled()).isOne();
        assertThat(metrics.counter("tidewatch.follower.records.skipped", "follower", "configuration")
                        .count())
                .isZero();
    }

    private void start() {
        begin();
        await().atMost(DEADLINE).until(follower::isCaughtUp);
    }

    private void begin() {
        for (TopicPartition partition : List.of(CHECKS, ENTITIES)) {
            Node node = new Node(0, "localhost", 9092);
            Node[] nodes = {node};
            kafka.updatePartitions(
                    partition.topic(), List.of(new PartitionInfo(partition.topic(), 0, node, nodes, nodes)));
            kafka.updateBeginningOffsets(Map.of(partition, 0L));
        }
        kafka.updateEndOffsets(ends);
        follower.start();
        scheduler.start();
    }

    private void awaitScheduled(int count) {
        await().atMost(DEADLINE).until(scheduler::scheduled, Predicate.isEqual(count));
    }

    /** Waits for a result like this that is newer than what there is now. */
    private void awaitResult(Predicate<CheckResult> wanted) {
        int seen = results.size();
        Callable<Boolean> found = () -> results.stream().skip(seen).anyMatch(wanted);
        await().atMost(DEADLINE).until(found);
    }

    private Check check(String id) {
        return check(id, check -> {});
    }

    private Check check(String id, Consumer<Check> change) {
        Check check = Check.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId(id)
                .setType("remote.tcp")
                .setPeriodSeconds(1)
                .setTimeoutSeconds(1)
                .setMonitoringZonesPoll(List.of("mzdfw", "mzlon"))
                .setTargetHostname("127.0.0.1")
                .setDetails(Map.of("port", (long) target.getLocalPort()))
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        change.accept(check);
        return check;
    }

    private static Entity entity(Map<String, String> addresses) {
        return Entity.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setIpAddresses(addresses)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private void put(Check check) {
        raw(CHECKS, "t/en1/" + check.getCheckId(), bytes(CHECKS, check));
    }

    private void delete(String id) {
        raw(CHECKS, "t/en1/" + id, null);
    }

    private void putEntity(Map<String, String> addresses) {
        raw(ENTITIES, "t/en1", bytes(ENTITIES, entity(addresses)));
    }

    private void deleteEntity() {
        raw(ENTITIES, "t/en1", null);
    }

    private <T extends SpecificRecord> byte[] bytes(TopicPartition partition, T record) {
        @SuppressWarnings("unchecked") // the class of a record is the class of its type
        Class<T> type = (Class<T>) record.getClass();
        byte[] bytes = new AvroSerde<>(registry, type).serializer().serialize(partition.topic(), record);
        return Optional.ofNullable(bytes).orElseThrow();
    }

    /** Appends a record; what is appended before the start is what the follower has to catch up with. */
    private void raw(TopicPartition partition, String key, byte @Nullable [] value) {
        long offset = ends.merge(partition, 1L, Long::sum) - 1;
        kafka.schedulePollTask(() ->
                kafka.addRecord(new ConsumerRecord<>(partition.topic(), partition.partition(), offset, key, value)));
    }
}
