package io.tidewatch.system.drills;

import static io.tidewatch.system.drills.GroupOffsets.get;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.GroupState;

/** The alarms application of one topic prefix as the broker sees it: members, offsets, transactions. Any thread. */
final class AlarmsGroup implements AutoCloseable {
    private static final String APPLICATION = "alarms";
    private static final Set<Topic> INPUT = Topic.PARTITIONED_BY_CHECK;

    private final KafkaSettings kafka;
    private final String id;
    private final Admin admin;
    private final GroupOffsets offsets;

    AlarmsGroup(KafkaSettings kafka) {
        this.kafka = kafka;
        this.id = GroupOffsets.group(kafka, APPLICATION);
        this.admin = Admin.create(kafka.client());
        this.offsets = new GroupOffsets(kafka, admin, APPLICATION);
    }

    /** How many records of its input are not behind its committed offsets yet. */
    long lag() {
        return offsets.lags(INPUT).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The same for each partition of the results. */
    Map<Integer, Long> resultsLag() {
        String results = kafka.topics().of(Topic.CHECK_RESULTS);
        return offsets.lags(INPUT).entrySet().stream()
                .filter(lag -> lag.getKey().topic().equals(results))
                .collect(Collectors.toMap(lag -> lag.getKey().partition(), Map.Entry::getValue));
    }

    /** The ids that the group gave to the processes of this Kafka Streams process id, dead or alive. */
    Set<String> members(String processId) {
        return description().members().stream()
                .filter(member -> member.clientId().contains(processId))
                .map(MemberDescription::consumerId)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the group has come to rest with work for a process, other than that of members that are known to be dead. */
    boolean hasWorkFor(String processId, Set<String> dead) {
        ConsumerGroupDescription description = description();
        return description.groupState() == GroupState.STABLE
                && description.members().stream()
                        .filter(member -> member.clientId().contains(processId) && !dead.contains(member.consumerId()))
                        .anyMatch(
                                member -> !member.assignment().topicPartitions().isEmpty());
    }

    /** Which member reads which partition of the results. */
    Map<Integer, String> readers() {
        Map<Integer, String> readers = new HashMap<>();
        String results = kafka.topics().of(Topic.CHECK_RESULTS);
        for (MemberDescription member : description().members()) {
            member.assignment().topicPartitions().stream()
                    .filter(partition -> partition.topic().equals(results))
                    .forEach(partition -> readers.put(partition.partition(), member.consumerId()));
        }
        return readers;
    }

    /** Whether a process has begun a transaction and neither committed nor aborted it. */
    boolean hasOpenTransaction(String processId) {
        return get(admin.listTransactions(new ListTransactionsOptions().filterStates(Set.of(TransactionState.ONGOING)))
                        .all())
                .stream()
                .anyMatch(transaction -> transaction.transactionalId().startsWith(id + "-" + processId));
    }

    /** Whether no transaction of the application is open. */
    boolean isAtRest() {
        return get(admin.listTransactions().all()).stream()
                .filter(transaction -> transaction.transactionalId().startsWith(id + "-"))
                .allMatch(transaction -> transaction.state() == TransactionState.COMPLETE_COMMIT
                        || transaction.state() == TransactionState.COMPLETE_ABORT
                        || transaction.state() == TransactionState.EMPTY);
    }

    @Override
    public void close() {
        admin.close();
    }

    private ConsumerGroupDescription description() {
        return Objects.requireNonNull(
                get(admin.describeConsumerGroups(List.of(id)).all()).get(id));
    }
}
