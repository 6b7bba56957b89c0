package io.tidewatch.notifier.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes of a mail with mail servers of all kinds. */
final class OutgoingMailsTest {
    private static final String PASSWORD = "s3cret-password";
    private static final String PLAIN =
            Base64.getEncoder().encodeToString(("tidewatch\0tidewatch\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final MailSettings.Login LOGIN = new MailSettings.Login("tidewatch", PASSWORD);
    private static final Mail MAIL = new Mail(
            "d1",
            "t1",
            "ops@example.test",
            "Down",
            "web1 is down.\n.\nReally.\n",
            Instant.parse("2026-11-30T12:00:00Z"));

    @TempDir
    private static Path directory;

    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.of(directory, "ip:127.0.0.1");
    }

    @Test
    void saysNothingBeforeTheConnectionIsSecure() {
        try (ScriptedSmtp server = ScriptedSmtp.withStartTls(certificate.context(), Map.of())) {
            assertThat(mails(server, MailSecurity.STARTTLS, Optional.of(certificate.pem()))
                            .send(MAIL))
                    .isEqualTo(Attempt.confirmed());

            assertThat(server.heard())
                    .contains("STARTTLS", "TLS AUTH PLAIN " + PLAIN, "TLS RCPT TO:<ops@example.test>");
            assertThat(server.heard().subList(0, server.heard().indexOf("STARTTLS")))
                    .allMatch(line -> line.startsWith("EHLO "));
        }
    }

    @Test
    void isSecureFromTheStart() {
        try (ScriptedSmtp server = ScriptedSmtp.overTls(certificate.context())) {
            assertThat(mails(server, MailSecurity.TLS, Optional.of(certificate.pem()))
                            .send(MAIL))
                    .isEqualTo(Attempt.confirmed());

            assertThat(server.heard()).contains("TLS AUTH PLAIN " + PLAIN);
        }
    }

    /** Fault of others: the password goes to a server in the clear because it offers nothing better. */
    @Test
    void doesNotDoWithoutStartTls() {
        try (ScriptedSmtp server = ScriptedSmtp.plain(Map.of())) {
            Attempt attempt =
                    mails(server, MailSecurity.STARTTLS, Optional.empty()).send(MAIL);

            assertNotReceived(attempt, "STARTTLS is required but host does not support STARTTLS");
            assertThat(server.heard()).noneMatch(line -> line.contains("AUTH") || line.contains("MAIL"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"454 not now", "220 go on, but not with TLS"})
    void doesNotDoWithoutTlsWhenItFails(String reply) {
        // The certificate is not trusted in the second case.
        try (ScriptedSmtp server = ScriptedSmtp.withStartTls(certificate.context(), Map.of("STARTTLS", reply))) {
            assertThat(mails(server, MailSecurity.STARTTLS, Optional.empty())
                            .send(MAIL)
                            .result())
                    .isEqualTo(Result.NOT_RECEIVED);

            assertThat(server.heard()).noneMatch(line -> line.contains("AUTH") || line.contains("MAIL"));
        }
    }

    @Test
    void trustsNoStranger() {
        try (ScriptedSmtp startTls = ScriptedSmtp.withStartTls(certificate.context(), Map.of());
                ScriptedSmtp tls = ScriptedSmtp.overTls(certificate.context())) {
            assertNotReceived(
                    mails(startTls, MailSecurity.STARTTLS, Optional.empty()).send(MAIL), "no TLS connection: ");
            assertNotReceived(mails(tls, MailSecurity.TLS, Optional.empty()).send(MAIL), "no TLS connection: ");

            assertThat(startTls.heard()).noneMatch(line -> line.startsWith("TLS"));
            assertThat(tls.heard()).isEmpty();
        }
    }

    @Test
    void trustsNobodyUnderAnotherName() throws Exception {
        TestCertificate other = TestCertificate.of(directory, "dns:other.test");
        try (ScriptedSmtp startTls = ScriptedSmtp.withStartTls(other.context(), Map.of());
                ScriptedSmtp tls = ScriptedSmtp.overTls(other.context())) {
            assertNotReceived(
                    mails(startTls, MailSecurity.STARTTLS, Optional.of(other.pem()))
                            .send(MAIL),
                    "no TLS connection: ");
            assertNotReceived(
                    mails(tls, MailSecurity.TLS, Optional.of(other.pem())).send(MAIL), "no TLS connection: ");

            assertThat(startTls.heard()).noneMatch(line -> line.contains("AUTH"));
            assertThat(tls.heard()).noneMatch(line -> line.contains("AUTH"));
        }
    }

    /** The operator corrects it, and then the mail can go. */
    @Test
    void keepsTheMailWhenThePasswordIsWrong() {
        try (ScriptedSmtp server =
                ScriptedSmtp.withStartTls(certificate.context(), Map.of("AUTH", "535 5.7.8 bad: " + PLAIN))) {
            Attempt attempt = mails(server, MailSecurity.STARTTLS, Optional.of(certificate.pem()))
                    .send(MAIL);

            assertNotReceived(attempt, "refuses the user or the password: 535 5.7.8 bad: …");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MAIL, 451 later,                   NOT_RECEIVED, said 451 later",
        "MAIL, 550 not from you,            REFUSED,      said 550 not from you",
        "MAIL, 530 login first,             NOT_RECEIVED, said 530 login first",
        "RCPT, 450 mailbox busy,            NOT_RECEIVED, said 450 mailbox busy",
        "RCPT, 550 no such user,            REFUSED,      said 550 no such user",
        "RCPT, 552 full s3cret-password,    REFUSED,      said 552 full …",
        "DATA, 451 later,                   NOT_RECEIVED, said 451 later",
        "DATA, 554 no valid recipients,     REFUSED,      said 554 no valid recipients",
        "END,  452 disk full,               NOT_RECEIVED, said 452 disk full",
        "END,  552 too big,                 REFUSED,      said 552 too big",
        "MAIL, drop,                        NOT_RECEIVED, broke off before it had the mail",
        "RCPT, drop,                        NOT_RECEIVED, broke off before it had the mail",
        "DATA, drop,                        NOT_RECEIVED, broke off before it had the mail",
        "END,  drop,                        UNKNOWN,      did not say whether it has the mail",
        "END,  silence,                     UNKNOWN,      did not say whether it has the mail",
        "RCPT, silence,                     NOT_RECEIVED, broke off before it had the mail",
        "QUIT, drop,                        CONFIRMED,    ",
        "QUIT, 500 what?,                   CONFIRMED,    ",
        "GREETING, 421 too busy,            NOT_RECEIVED, 421",
        "GREETING, 554 go away,             NOT_RECEIVED, 554",
        "GREETING, drop,                    NOT_RECEIVED, be used",
        "GREETING, silence,                 NOT_RECEIVED, be ",
    })
    void judgesByTheReply(String command, String reply, Result result, String reason) {
        try (ScriptedSmtp server = ScriptedSmtp.plain(Map.of(command, reply))) {
            Attempt attempt = mails(server, MailSecurity.NONE, Optional.empty()).send(MAIL);

            assertThat(attempt.result()).isEqualTo(result);
            if (result == Result.CONFIRMED) {
                assertThat(attempt).isEqualTo(Attempt.confirmed());
            } else {
                assertThat(attempt.reason())
                        .startsWith("the mail server 127.0.0.1:" + server.port() + " ")
                        .contains(reason)
                        .doesNotContain("s3cret");
            }
        }
    }

    @Test
    void handsOverTheMailWhole() {
        try (ScriptedSmtp server = ScriptedSmtp.plain(Map.of())) {
            mails(server, MailSecurity.NONE, Optional.empty()).send(MAIL);

            assertThat(server.heard())
                    .contains(
                            "MAIL FROM:<tw@tidewatch.example>",
                            "Message-ID: <d1@tidewatch.example>",
                            "References: <t1@tidewatch.example>",
                            "In-Reply-To: <t1@tidewatch.example>",
                            "web1 is down.",
                            "..",
                            "Really.");
        }
    }

    @Test
    void refusesSettingsThatCanNotBeUsed() throws Exception {
        Path empty = Files.createFile(directory.resolve("empty.pem"));

        assertThatThrownBy(() -> new OutgoingMails(settings(25, MailSecurity.TLS, Optional.of(empty))))
                .hasMessage(empty + " holds no certificate");
        assertThatThrownBy(() ->
                        new OutgoingMails(settings(25, MailSecurity.TLS, Optional.of(directory.resolve("none.pem")))))
                .hasMessageEndingWith("none.pem can't be read as certificates");
        assertThatThrownBy(() -> settings(0, MailSecurity.TLS, Optional.empty()))
                .hasMessage("There is no port 0");
    }

    @Test
    void tellsNoPassword() {
        assertThat(settings(25, MailSecurity.TLS, Optional.empty()).toString()).doesNotContain(PASSWORD);
    }

    private static void assertNotReceived(Attempt attempt, String reason) {
        assertThat(attempt.result()).isEqualTo(Result.NOT_RECEIVED);
        assertThat(attempt.reason()).contains(reason).doesNotContain("s3cret", PLAIN);
    }

    private static OutgoingMails mails(ScriptedSmtp server, MailSecurity security, Optional<Path> caFile) {
        return new OutgoingMails(settings(server.port(), security, caFile));
    }

    private static MailSettings settings(int port, MailSecurity security, Optional<Path> caFile) {
        return new MailSettings(
                "127.0.0.1",
                port,
                security,
                Optional.of(LOGIN),
                "tw@tidewatch.example",
                caFile,
                Duration.ofSeconds(5),
                Duration.ofSeconds(2));
    }
}
