package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.mail.MailSecurity;
import io.tidewatch.notifier.mail.MailSettings;
import io.tidewatch.notifier.mail.OutgoingMails;
import io.tidewatch.notifier.mail.TestCertificate;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mail server of others, which wants STARTTLS and a login, gets our mails. */
@Tag("counterparts")
final class SmtpIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PASSWORD = "s3cret-password";
    private static final int MOST_BYTES = 1500;
    private static final Duration WITHIN = Duration.ofSeconds(30);

    private final int port = Counterpart.freePort();
    private final TestCertificate certificate;
    private final Counterpart server;

    SmtpIT(@TempDir Path directory) throws Exception {
        certificate = TestCertificate.of(directory, "ip:127.0.0.1");
        Path script = directory.resolve("mail-server.py");
        try (InputStream source = Objects.requireNonNull(SmtpIT.class.getResourceAsStream("mail-server.py"))) {
            Files.copy(source, script);
        }
        server = Counterpart.start(
                "python3-aiosmtpd",
                directory.resolve("mail-server.log"),
                "/usr/bin/python3",
                script.toString(),
                Integer.toString(port),
                certificate.chain().toString(),
                "tidewatch",
                PASSWORD,
                Integer.toString(MOST_BYTES));
    }

    @BeforeEach
    void awaitReady() {
        await().atMost(WITHIN).until(() -> server.printed().contains("ready"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void getsAProblemItsChangeItsAcknowledgementAndItsEndOnceEachInOneThread() {
        assertThat(send(PASSWORD, MessageKind.PROBLEM, State.WARNING)).isEqualTo(Attempt.confirmed());
        assertThat(send(PASSWORD, MessageKind.UPDATE, State.CRITICAL)).isEqualTo(Attempt.confirmed());
        assertThat(send(PASSWORD, MessageKind.ACKNOWLEDGED, State.CRITICAL)).isEqualTo(Attempt.confirmed());
        assertThat(send(PASSWORD, MessageKind.RESOLVED, State.OK)).isEqualTo(Attempt.confirmed());

        List<JsonNode> mails = mails();
        assertThat(mails)
                .extracting(mail -> mail.path("subject").asText())
                .containsExactly(
                        "** WARNING: HTTP web1 on web1 **",
                        "** CRITICAL: HTTP web1 on web1 **",
                        "** CRITICAL, acknowledged by jo: HTTP web1 on web1 **",
                        "** OK: HTTP web1 on web1 **");
        assertThat(mails).allSatisfy(mail -> {
            assertThat(mail.path("secure").asBoolean()).isTrue();
            assertThat(mail.path("authenticated").asBoolean()).isTrue();
            assertThat(mail.path("to").toString()).isEqualTo("[\"ops@example.test\"]");
            assertThat(mail.path("thread")).isEqualTo(mails.get(0).path("thread"));
        });
        assertThat(mails).extracting(mail -> mail.path("id").asText()).doesNotHaveDuplicates();
    }

    @Test
    void getsNothingFromWhoeverHasTheWrongPassword() {
        Attempt attempt = send("s3cret-but-another", MessageKind.PROBLEM, State.CRITICAL);

        assertThat(attempt.result()).isEqualTo(Result.NOT_RECEIVED);
        assertThat(attempt.reason())
                .isEqualTo("the mail server 127.0.0.1:" + port
                        + " refuses the user or the password: 535 5.7.8 Authentication credentials invalid");
        assertThat(mails()).isEmpty();
    }

    @Test
    void refusesAMailThatIsTooLarge() {
        Attempt attempt = channel(PASSWORD)
                .send(
                        Deliveries.of(MessageKind.PROBLEM, State.CRITICAL, "web1", "x".repeat(5000)),
                        details(),
                        Deliveries.NOW);

        assertThat(attempt.result()).isEqualTo(Result.REFUSED);
        assertThat(attempt.reason()).startsWith("the mail server 127.0.0.1:" + port + " said 552 ");
        assertThat(mails()).isEmpty();
    }

    private Attempt send(String password, MessageKind kind, State state) {
        return channel(password).send(Deliveries.of(kind, state), details(), Deliveries.NOW);
    }

    private Channel channel(String password) {
        MailSettings settings = new MailSettings(
                "127.0.0.1",
                port,
                MailSecurity.STARTTLS,
                Optional.of(new MailSettings.Login("tidewatch", password)),
                "Tidewatch <tw@tidewatch.example>",
                Optional.of(certificate.pem()),
                WITHIN,
                WITHIN);
        return new EmailChannel(new OutgoingMails(settings), new AlarmLinks(Optional.empty()));
    }

    private static ChannelDetails details() {
        return new ChannelDetails(Map.of("address", "ops@example.test"));
    }

    private List<JsonNode> mails() {
        return server.printed().stream()
                .filter(line -> line.startsWith("{"))
                .map(SmtpIT::json)
                .toList();
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
