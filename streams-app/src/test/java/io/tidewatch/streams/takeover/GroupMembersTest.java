package io.tidewatch.streams.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.runtime.application.InstanceId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.junit.jupiter.api.Test;

class GroupMembersTest {
    private static final InstanceId SELF = new InstanceId("self");

    @Test
    void othersAreAtWorkWithoutUs() {
        assertThat(GroupMembers.areOthers(List.of(member("other-1"), member("third-1")), SELF))
                .isTrue();
    }

    @Test
    void nobodyIsAtWorkInAnEmptyGroup() {
        assertThat(GroupMembers.areOthers(List.of(), SELF)).isFalse();
    }

    @Test
    void ourOwnPartitionsWaitForUsAfterACrash() {
        assertThat(GroupMembers.areOthers(List.of(member("other-1"), member("self-1")), SELF))
                .isFalse();
    }

    @Test
    void nobodyIsKnownWhenKafkaIsAway() {
        assertThat(GroupMembers.areOthers(Map.of("bootstrap.servers", "127.0.0.1:1"), "group", SELF))
                .isFalse();
    }

    private static MemberDescription member(String groupInstanceId) {
        return new MemberDescription(
                groupInstanceId + "-member",
                Optional.of(groupInstanceId),
                Optional.empty(),
                "client",
                "host",
                new MemberAssignment(Set.of()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
