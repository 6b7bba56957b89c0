package io.tidewatch.system.fuzz;

import io.tidewatch.standalone.local.ApiClient;
import io.tidewatch.system.fuzz.calm.Resources;
import io.tidewatch.system.installation.Installation;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/**
 * What the disturbing tenant has: an entity with a check on every partition, each with alarms of several sorts, and a remote
 * check that nobody runs.
 */
final class Ground {
    /** A pattern that takes as long as a pattern of its length can, and one over a value before. Source: the attack in the wild. */
    static final List<String> CRITERIA = List.of(
            "if (metric['text'] regex '(x*){400}y') { return CRITICAL } return OK",
            "if (metric['text'] nregex '((a|b|x)*c){50}' || metric['text'] regex '(x?){200}x{200}') { return WARNING }"
                    + " return OK, 'text #{text}'",
            ":set consistencyLevel=ONE if (rate(metric['n']) > 1 || previous(metric['text']) != metric['text'])"
                    + " { return new AlarmStatus(CRITICAL, '#{text} #{n}'); } return OK",
            "if (percentage(metric['n'], metric['m']) > 50) { return WARNING } return OK");

    private final String root;
    private final String tenant;
    private final String entity;
    private final List<String> checks;
    private final List<String> alarms;
    private final String remoteCheck;

    private Ground(
            String root, String tenant, String entity, List<String> checks, List<String> alarms, String remoteCheck) {
        this.root = root;
        this.tenant = tenant;
        this.entity = entity;
        this.checks = checks;
        this.alarms = alarms;
        this.remoteCheck = remoteCheck;
    }

    static Ground prepare(Installation installation, String tenant) {
        ApiClient api = new ApiClient(installation.api() + "/" + tenant);
        String entity =
                api.create("/entities", Map.of("label", "the ground", "ip_addresses", Map.of("self", "127.0.0.1")));
        List<String> checks = Resources.onEveryPartition(api, tenant, entity, Resources.agentCheck());
        List<String> alarms = checks.stream()
                .flatMap(check -> CRITERIA.stream().flatMap(criteria -> unlessRefused(api, entity, check, criteria)))
                .toList();
        String remote = api.create("/entities/" + entity + "/checks", Resources.remoteCheck());
        return new Ground("/v1.0/" + tenant, tenant, entity, checks, alarms, remote);
    }

    /** A door that refuses what costs too much is as good as an engine that bears it. */
    private static Stream<String> unlessRefused(ApiClient api, String entity, String check, String criteria) {
        try {
            return Stream.of(api.create("/entities/" + entity + "/alarms", Resources.alarm(check, criteria)));
        } catch (IllegalStateException refused) {
            return Stream.empty();
        }
    }

    String tenant() {
        return tenant;
    }

    String entity() {
        return entity;
    }

    List<String> checks() {
        return checks;
    }

    String check(Random random) {
        return FuzzPlan.pick(random, checks);
    }

    /** Of one of the alarms. */
    String alarmPath(Random random) {
        return entityPath() + "/alarms/" + FuzzPlan.pick(random, alarms);
    }

    /** What the tenant's URLs begin with. */
    String root() {
        return root;
    }

    String entityPath() {
        return root + "/entities/" + entity;
    }

    String remoteCheckPath() {
        return entityPath() + "/checks/" + remoteCheck;
    }
}
