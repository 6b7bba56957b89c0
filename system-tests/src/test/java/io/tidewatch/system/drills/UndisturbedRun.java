package io.tidewatch.system.drills;

import static org.awaitility.Awaitility.await;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;

/** One instance of the alarms application that nobody disturbs, on the very records that a drill had. */
final class UndisturbedRun {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private UndisturbedRun() {}

    /**
     * Returns when everything has been processed and the instance has ended.
     *
     * @param drill whose input to copy
     * @param kafka with fresh topics
     */
    static void of(KafkaSettings drill, KafkaSettings kafka, Path directory) {
        TopicContents input = new TopicContents(drill);
        input.copyTo(kafka, Topic.CHECKS);
        input.copyTo(kafka, Topic.ALARMS);
        try (AlarmsGroup group = new AlarmsGroup(kafka);
                StreamsInstance instance = StreamsInstance.ofAlarms(
                        directory.resolve("undisturbed"), StreamsInstance.Jvm.SHORT_LIVED, kafka)) {
            instance.start();
            await().atMost(PATIENCE).until(() -> instance.isReady() && group.lag() == 0);
            input.copyTo(kafka, Topic.CHECK_RESULTS);
            await().atMost(PATIENCE).until(() -> group.lag() == 0);
            instance.end(Duration.ofSeconds(15));
            await().atMost(PATIENCE).until(group::isAtRest);
        }
    }
}
