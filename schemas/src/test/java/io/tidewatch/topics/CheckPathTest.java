package io.tidewatch.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

final class CheckPathTest {
    private static final CheckPath PATH = new CheckPath("acme", "enDB1", "chPing");

    @Test
    void readsAsTenantEntityAndCheck() {
        assertThat(PATH).hasToString("acme/enDB1/chPing");
    }

    @Test
    void leadsToTheOtherResourcesOfItsEntity() {
        assertThat(PATH.sibling("alLoss")).isEqualTo("acme/enDB1/alLoss");
    }

    @Test
    void wantsEverySegmentNotEmptyAndWithoutSlash() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckPath("", "enDB1", "chPing"))
                .withMessage("tenant_id is '', but has to be at least one character, none of them '/'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckPath("acme", "en/DB1", "chPing"))
                .withMessage("entity_id is 'en/DB1', but has to be at least one character, none of them '/'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CheckPath("acme", "enDB1", "/"))
                .withMessage("check_id is '/', but has to be at least one character, none of them '/'");
        assertThatIllegalArgumentException().isThrownBy(() -> PATH.sibling(""));
    }

    @Property
    void goesToThePartitionThatAProducerWithThisKeyWouldChoose(
            @ForAll @NotEmpty String check, @ForAll @IntRange(min = 1, max = 500) int partitions) {
        CheckPath path = new CheckPath("acme", "enDB1", check.replace('/', '_'));

        assertThat(path.partition(partitions))
                .isEqualTo(BuiltInPartitioner.partitionForKey(
                        path.toString().getBytes(StandardCharsets.UTF_8), partitions));
    }

    /** Records that are kept for ever are where this says. */
    @Test
    void staysInItsPartitionForEver() {
        assertThat(PATH.partition(1000)).isEqualTo(560);
    }
}
