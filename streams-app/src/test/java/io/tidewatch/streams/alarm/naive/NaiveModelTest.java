package io.tidewatch.streams.alarm.naive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.tidewatch.streams.alarm.LateCompiler;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine against a model that is too simple to be wrong, on random criteria and observations.
 *
 * <p>{@code -Dtidewatch.stories=100000} plays more of them, {@code -Dtidewatch.seed=…} those of a run that failed.
 */
final class NaiveModelTest {
    private static final int STORIES = Integer.getInteger("tidewatch.stories", 1200);
    /** Each form is a statement to compile, which takes longer than to play a story. */
    private static final int STORIES_PER_FORM = 20;

    private static final int LATE_STORIES = STORIES / STORIES_PER_FORM;

    private static final int FORMS_AT_MOST = 5000;

    @Test
    void decidesAsTheContractSays(@TempDir Path stateDir) {
        long seed = Long.getLong("tidewatch.seed", new Random().nextLong());
        Random random = new Random(seed);
        int transitions = 0;
        try (StoryStage stage = new StoryStage(stateDir, new CriteriaShapes())) {
            List<Long> forms = forms(random, stage);
            for (int i = 0; i < STORIES; i++) {
                Story story = StoryMaker.make(random, forms);
                Optional<Difference> difference = difference(stage, story);
                if (difference.isPresent()) {
                    fail(report(seed, stage, story, difference.get()));
                }
                transitions += expected(stage, story).transitions().values().stream()
                        .mapToInt(List::size)
                        .sum();
            }
        }
        // A generator that makes nothing happen would compare nothing.
        assertThat(transitions).isGreaterThan(2 * STORIES);
    }

    /** Criteria are compiled some steps after they were wanted, and what waits for them waits: the outcome is the same. */
    @Test
    void decidesTheSameHoweverLateCriteriaAreCompiled(@TempDir Path stateDir) {
        long seed = Long.getLong("tidewatch.seed", new Random().nextLong());
        Random random = new Random(seed);
        LateCompiler compiler = new LateCompiler();
        LatePace pace = new LatePace(compiler, random);
        try (StoryStage stage = new StoryStage(stateDir, compiler.shapes(), pace)) {
            for (int i = 0; i < LATE_STORIES; i++) {
                Story story = StoryMaker.make(random, List.of(random.nextLong()));
                Optional<Difference> difference = difference(stage, story);
                if (difference.isPresent()) {
                    fail(report(seed, stage, story, difference.get()));
                }
            }
        }
        assertThat(pace.waited()).isGreaterThan(LATE_STORIES);
    }

    private static List<Long> forms(Random random, StoryStage stage) {
        List<Long> forms = new ArrayList<>();
        for (int i = 0; i < Math.min(FORMS_AT_MOST, Math.max(1, STORIES / STORIES_PER_FORM)); i++) {
            forms.add(random.nextLong());
            Script script = ScriptMaker.make(forms.get(i), random, Optional.empty());
            stage.keep(i, ScriptWriter.write(script, random).text());
        }
        return forms;
    }

    private static Optional<Difference> difference(StoryStage stage, Story story) {
        Outcome expected = expected(stage, story);
        Outcome actual = stage.play(story);
        return actual.equals(expected) ? Optional.empty() : Optional.of(new Difference(expected, actual));
    }

    private static Outcome expected(StoryStage stage, Story story) {
        NaiveCheck model = new NaiveCheck("t:" + stage.nextEntity(), "ch1", story.checkType());
        story.steps().forEach(model::play);
        return model.outcome();
    }

    /** Leaves out steps as long as the story still ends differently. */
    private static String report(long seed, StoryStage stage, Story found, Difference first) {
        Story story = found;
        Difference difference = first;
        for (int size = story.steps().size() / 2; size > 0; size = size / 2) {
            for (int from = 0; from + size <= story.steps().size(); ) {
                List<Step> steps = new ArrayList<>(story.steps());
                steps.subList(from, from + size).clear();
                Story shorter = new Story(story.checkType(), steps);
                Optional<Difference> still = difference(stage, shorter);
                if (still.isPresent()) {
                    story = shorter;
                    difference = still.get();
                } else {
                    from += size;
                }
            }
        }
        return "-Dtidewatch.seed=%d finds a story that the engine and the model end differently:\n%s\n%s"
                .formatted(seed, story, difference);
    }

    private record Difference(Outcome expected, Outcome actual) {
        @Override
        public String toString() {
            return difference("transitions", expected.transitions(), actual.transitions())
                    + difference("published", expected.published(), actual.published())
                    + difference("rows", expected.rows(), actual.rows());
        }

        private static String difference(String what, Object expected, Object actual) {
            return expected.equals(actual) ? "" : "\n" + what + "\n  expected " + expected + "\n  actual   " + actual;
        }
    }
}
