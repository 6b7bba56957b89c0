package io.tidewatch.system.telling;

import io.tidewatch.schema.State;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.settings.KafkaSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Tenants whose alarms change their states by chance: published as the alarms' application would, and remembered. */
final class AlertStory implements AutoCloseable {
    static final List<String> KINDS = List.of("prompt", "shaky");

    private static final List<State> STATES = List.of(State.OK, State.WARNING, State.CRITICAL);

    private final AlertTopics topics;
    private final List<String> tenants;
    private final List<String> alarms = new ArrayList<>();
    private final Map<String, State> states = new HashMap<>();
    private final Random lots;
    private long transitions;

    AlertStory(KafkaSettings kafka, int tenants, int alarmsOfEach, long seed) {
        this.topics = new AlertTopics(kafka);
        this.lots = new Random(seed);
        this.tenants = new ArrayList<>();
        for (int tenant = 0; tenant < tenants; tenant++) {
            this.tenants.add("tenant" + tenant);
            for (int alarm = 0; alarm < alarmsOfEach; alarm++) {
                alarms.add("tenant" + tenant + "/en1/al" + alarm);
            }
        }
        alarms.forEach(alarm -> states.put(alarm, State.OK));
    }

    /** Of each tenant a plan that tells a prompt receiver and a shaky one of everything. */
    void configure(Receivers receivers, SecretBox secrets) {
        for (String tenant : tenants) {
            for (String kind : KINDS) {
                String id = "nt" + kind;
                Map<String, String> url = Map.of("url", receivers.url(kind, tenant, id));
                topics.notification(tenant, id, "webhook", Map.of(), url, secrets);
            }
            topics.plan(tenant, KINDS.stream().map(kind -> "nt" + kind).toList());
        }
        alarms.forEach(topics::alarm);
        topics.flush();
    }

    /** An alarm changes its state. */
    void step() throws Exception {
        String alarm = alarms.get(lots.nextInt(alarms.size()));
        State before = state(alarm);
        State after = STATES.stream().filter(state -> state != before).toList().get(lots.nextInt(STATES.size() - 1));
        states.put(alarm, after);
        transitions++;
        topics.transition(alarm, before, after, transitions).get();
    }

    List<String> alarms() {
        return List.copyOf(alarms);
    }

    State state(String alarm) {
        return states.getOrDefault(alarm, State.OK);
    }

    long transitions() {
        return transitions;
    }

    @Override
    public void close() {
        topics.close();
    }
}
