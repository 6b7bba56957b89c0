package io.tidewatch.streams.alarm.naive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes stories at random. Mostly quiet zones that go on as they did, with everything in between that can go wrong. */
final class StoryMaker {
    private static final List<String> ZONES = List.of("a", "b", "c", "d", "e");
    private static final List<Integer> PERIODS = List.of(1, 10, 30);

    private final Random random;
    private final List<Long> forms;
    private final String checkType;
    private final List<Script> scripts = new ArrayList<>();
    private final List<String> metrics;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Step.ChangeAlarm> alarms = new HashMap<>();
    private final Map<String, Observation> newest = new HashMap<>();
    private Step.ChangeCheck check;
    private long nowMs;

    private StoryMaker(Random random, List<Long> forms) {
        this.random = random;
        this.forms = forms;
        this.checkType = random.nextInt(5) == 0 ? "remote.ping" : "remote.http";
        for (int i = 0; i < 3; i++) {
            scripts.add(script());
        }
        Set<String> names = new TreeSet<>(List.of("n", "code"));
        scripts.forEach(script -> names.addAll(script.mentioned()));
        metrics = List.copyOf(names);
        check = new Step.ChangeCheck(Words.of(PERIODS, random), zones());
    }

    /**
     * @param forms seeds of the scripts' forms: few, as each is a statement to compile
     */
    static Story make(Random random, List<Long> forms) {
        StoryMaker maker = new StoryMaker(random, forms);
        maker.begin();
        int length = 10 + random.nextInt(70);
        while (maker.steps.size() < length) {
            maker.step();
        }
        return new Story(maker.checkType, List.copyOf(maker.steps));
    }

    private void begin() {
        boolean alarmFirst = random.nextInt(10) == 0;
        if (alarmFirst) {
            changeAlarm("al1", false, false);
        }
        steps.add(check);
        for (int i = alarmFirst ? 2 : 1; i <= 1 + random.nextInt(3); i++) {
            changeAlarm("al" + i, false, false);
        }
    }

    private void step() {
        if (random.nextInt(12) > 0) {
            observe();
        } else {
            reconfigure();
        }
    }

    private void reconfigure() {
        String alarm = "al" + (1 + random.nextInt(3));
        switch (random.nextInt(10)) {
            case 0 -> steps.add(new Step.DeleteAlarm(alarm));
            case 1 -> changeAlarm(alarm, true, false);
            case 2 -> changeAlarm(alarm, false, true);
            case 3, 4 -> changeAlarm(alarm, false, false);
            case 5, 6 -> again(alarm);
            case 7 -> changeCheck(new Step.ChangeCheck(check.periodSeconds(), zones()));
            case 8 -> changeCheck(new Step.ChangeCheck(Words.of(PERIODS, random), check.zones()));
            default -> {
                if (random.nextInt(3) == 0) {
                    steps.add(new Step.DeleteCheck());
                }
                changeCheck(check);
            }
        }
    }

    private void changeCheck(Step.ChangeCheck change) {
        check = change;
        steps.add(change);
    }

    private void changeAlarm(String alarm, boolean disabled, boolean broken) {
        Script script = Words.of(scripts, random);
        Step.ChangeAlarm change =
                new Step.ChangeAlarm(alarm, script, ScriptWriter.write(script, random), disabled, broken);
        alarms.put(alarm, change);
        steps.add(change);
    }

    /** The same alarm again, perhaps switched on or off. */
    private void again(String alarm) {
        Step.ChangeAlarm last = alarms.get(alarm);
        if (last != null) {
            boolean disabled = last.disabled() != random.nextBoolean();
            Step.ChangeAlarm change =
                    new Step.ChangeAlarm(alarm, last.script(), last.written(), disabled, last.broken());
            alarms.put(alarm, change);
            steps.add(change);
        }
    }

    private void observe() {
        String zone = zone();
        Observation last = newest.get(zone);
        long atMs = time(last);
        Observation observation = last != null && random.nextInt(3) > 0
                ? new Observation(zone, atMs, last.available(), last.status(), last.metrics())
                : new Observation(zone, atMs, random.nextInt(6) > 0, Words.of(Words.STATUSES, random), metrics(last));
        if (last == null || atMs > last.atMs()) {
            newest.put(zone, observation);
        }
        if (check.zones().contains(zone) || zone.isEmpty()) {
            nowMs = Math.max(nowMs, atMs);
        }
        steps.add(new Step.Result(observation));
    }

    private String zone() {
        if (random.nextInt(15) == 0) {
            return Words.of(List.of("a", "b", "c", "d", "e", "stranger", ""), random);
        }
        return check.zones().isEmpty() ? "" : Words.of(List.copyOf(new TreeSet<>(check.zones())), random);
    }

    /** Mostly a little later; else the same time again, late, far ahead, or at the edge of what is too old. */
    private long time(@Nullable Observation last) {
        int spreadMs = 1000 * check.periodSeconds() / Math.max(1, check.zones().size());
        int count = Words.of(scripts, random).count().orElse(checkType.equals("remote.ping") ? 3 : 1);
        long windowMs = 1500L * check.periodSeconds() * count;
        long lastMs = last == null ? nowMs : last.atMs();
        long someMs = newest.isEmpty()
                ? nowMs
                : Words.of(List.copyOf(new TreeMap<>(newest).values()), random).atMs();
        long edge = Words.of(List.of(-1L, 0L, 0L, 1L), random);
        long atMs = switch (random.nextInt(20)) {
            case 0 -> lastMs;
            case 1 -> lastMs - random.nextInt(2 * spreadMs);
            case 2 -> nowMs - windowMs + edge;
            case 3, 4 -> someMs + windowMs + edge;
            case 5, 6 -> nowMs;
            case 7 -> lastMs + 1;
            default -> nowMs + random.nextInt(2 * spreadMs);
        };
        return Math.max(0, atMs);
    }

    private Map<String, Object> metrics(@Nullable Observation last) {
        Map<String, Object> values = new HashMap<>();
        boolean mostlyAsBefore = last != null && random.nextBoolean();
        for (String name : metrics) {
            if (mostlyAsBefore && random.nextInt(3) > 0) {
                if (last.metrics().containsKey(name)) {
                    values.put(name, last.metrics().get(name));
                }
            } else if (random.nextInt(25) > 0) {
                values.put(name, value(name, last));
            }
        }
        return values;
    }

    private Object value(String name, @Nullable Observation last) {
        if (random.nextInt(20) == 0) {
            return Words.any(random);
        }
        if (last != null && last.metrics().get(name) instanceof Long counter && random.nextInt(3) == 0) {
            return counter + random.nextInt(4) - 1;
        }
        return Words.NUMERIC_METRICS.stream().anyMatch(name::endsWith) ? Words.number(random) : Words.textual(random);
    }

    private Script script() {
        Optional<String> dimension =
                random.nextInt(6) == 0 ? Optional.of(Words.of(Words.DIMENSIONS, random)) : Optional.empty();
        return ScriptMaker.make(Words.of(forms, random), random, dimension);
    }

    private Set<String> zones() {
        Set<String> zones = new HashSet<>();
        int count = random.nextInt(6);
        while (zones.size() < count) {
            zones.add(Words.of(ZONES, random));
        }
        return Set.copyOf(zones);
    }
}
