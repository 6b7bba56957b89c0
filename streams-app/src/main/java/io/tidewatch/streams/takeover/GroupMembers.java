package io.tidewatch.streams.takeover;

import io.tidewatch.runtime.application.InstanceId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Kafka who does the work of an application right now. */
public final class GroupMembers {
    private static final Logger LOG = LoggerFactory.getLogger(GroupMembers.class);
    private static final int ANSWER_WITHIN_MS = 2_000;

    private GroupMembers() {}

    /**
     * Whether others do all of it, so that whatever this process gets when it joins is taken from somebody at work. A
     * process that was killed a moment ago still counts as a member, and its partitions wait for it. False when Kafka
     * doesn't say.
     */
    public static boolean areOthers(Map<String, Object> client, String group, InstanceId self) {
        Map<String, Object> patient = new HashMap<>(client);
        patient.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        patient.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        try (Admin admin = Admin.create(patient)) {
            Map<String, ConsumerGroupDescription> described =
                    admin.describeConsumerGroups(List.of(group)).all().get();
            return areOthers(Objects.requireNonNull(described.get(group)).members(), self);
        } catch (ExecutionException e) {
            LOG.debug("Kafka does not say who is in a group group={} reason={}", group, e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Kafka Streams adds the thread's number to the instance's id. */
    static boolean areOthers(Collection<MemberDescription> members, InstanceId self) {
        return !members.isEmpty()
                && members.stream()
                        .noneMatch(member -> member.groupInstanceId()
                                .filter(id -> id.startsWith(self.id()))
                                .isPresent());
    }
}
