package io.tidewatch.system.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tidewatch.notifier.NotifierConfig;
import io.tidewatch.notifier.NotifierMain;
import io.tidewatch.schema.State;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.system.drills.Pause;
import io.tidewatch.system.installation.PartProcess;
import io.tidewatch.system.servers.SharedServers;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A storm: all alarms of a tenant become CRITICAL within ten seconds, and later are well again. Whoever reads mails and whoever
 * has a pager gets a few messages in which every alarm is counted. {@code ./mvnw -Pdrills verify -Dgroups=storm} runs it, and
 * prints its figures.
 */
@Tag("storm")
@ExtendWith(SharedServers.class)
final class StormIT {
    private static final int ALARMS = 10_000;
    private static final int ALARMS_OF_AN_ENTITY = 20;
    private static final int MOST_MESSAGES = 10;
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String TENANT = "storm";
    private static final Pattern MANY = Pattern.compile("(\\d+) alarms on \\d+ entit\\w+: (\\d+) (\\w+)");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final List<String> alarms = IntStream.range(0, ALARMS)
            .mapToObj(alarm -> TENANT + "/en" + alarm / ALARMS_OF_AN_ENTITY + "/al" + alarm)
            .toList();

    @Test
    @SuppressWarnings("SystemOut") // The figures are for who runs it.
    void aStormIsToldInAFewMessages(KafkaSettings kafka) throws Exception {
        GreenMail mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        try (AlertTopics topics = new AlertTopics(kafka);
                Pager pager = new Pager()) {
            configure(topics, pager);
            Map<String, String> settings = new HashMap<>(NotifierProcess.settings(kafka, directory));
            settings.put(NotifierConfig.MAIL_HOST, "127.0.0.1");
            settings.put(
                    NotifierConfig.MAIL_PORT, Integer.toString(mails.getSmtp().getPort()));
            settings.put(NotifierConfig.MAIL_SECURITY, "none");
            settings.put(NotifierConfig.MAIL_FROM, "tidewatch@tidewatch.example");
            try (PartProcess notifier = new PartProcess(NotifierMain.class, directory, settings)) {
                await().atMost(PATIENCE).until(notifier::isReady);

                long toldMs = storm(topics, State.OK, State.CRITICAL);
                await("the storm")
                        .atMost(PATIENCE)
                        .until(() -> counted(mails, "CRITICAL") == ALARMS && pager.isOpen(ALARMS));
                Figures problem = new Figures(mails.getReceivedMessages().length, pager.messages(), since(toldMs));

                toldMs = storm(topics, State.CRITICAL, State.OK);
                await("the recovery").atMost(PATIENCE).until(() -> counted(mails, "OK") == ALARMS && pager.isOpen(0));
                Figures recovery = new Figures(
                        mails.getReceivedMessages().length - problem.mails(),
                        pager.messages() - problem.pages(),
                        since(toldMs));

                System.out.printf(
                        "Storm: %d alarms within %d s%n  CRITICAL: %d mails, %d pages, the last alarm told after %.1f s%n"
                                + "  OK: %d mails, %d pages, the last alarm told after %.1f s%n",
                        ALARMS,
                        WITHIN.toSeconds(),
                        problem.mails(),
                        problem.pages(),
                        problem.seconds(),
                        recovery.mails(),
                        recovery.pages(),
                        recovery.seconds());
                assertThat(Stream.of(problem.mails(), problem.pages(), recovery.mails(), recovery.pages()))
                        .allMatch(messages -> messages <= MOST_MESSAGES);
                assertThat(notifier.isLive()).isTrue();
            }
        } finally {
            mails.stop();
        }
    }

    private record Figures(int mails, int pages, double seconds) {}

    private void configure(AlertTopics topics, Pager pager) {
        topics.notification(
                TENANT,
                "ntmail",
                "email",
                Map.of("address", "who@tidewatch.example"),
                Map.of(),
                NotifierProcess.secrets());
        topics.notification(
                TENANT,
                "ntpager",
                "pagerduty",
                Map.of("service_endpoint", pager.url()),
                Map.of("service_key", "0123456789abcdef0123456789abcdef"),
                NotifierProcess.secrets());
        topics.plan(TENANT, List.of("ntmail", "ntpager"));
        alarms.forEach(topics::alarm);
        topics.flush();
    }

    /** @return when it began, by the clock that measures */
    private long storm(AlertTopics topics, State before, State after) throws Exception {
        long begin = System.nanoTime();
        long pauseNanos = WITHIN.toNanos() / ALARMS;
        for (int i = 0; i < ALARMS; i++) {
            Pause.until(begin + i * pauseNanos);
            Future<?> unused = topics.transition(alarms.get(i), before, after, (after == State.OK ? ALARMS : 0) + i);
        }
        topics.flush();
        return begin;
    }

    private static double since(long beginNanos) {
        return (System.nanoTime() - beginNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    }

    /** How many alarms all mails together say are in a state. */
    private static int counted(GreenMail mails, String state) {
        return Arrays.stream(mails.getReceivedMessages())
                .mapToInt(mail -> counted(mail, state))
                .sum();
    }

    private static int counted(MimeMessage mail, String state) {
        try {
            String subject = mail.getSubject();
            Matcher many = MANY.matcher(subject);
            if (!many.find()) {
                return subject.contains(state + ": ") ? 1 : 0;
            }
            assertThat(many.group(1)).as("a digest of one sort: %s", subject).isEqualTo(many.group(2));
            return many.group(3).equals(state) ? Integer.parseInt(many.group(1)) : 0;
        } catch (MessagingException e) {
            throw new AssertionError(e);
        }
    }
}
