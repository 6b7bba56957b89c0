package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.http.OperatorProxy;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.mail.MailSecurity;
import io.tidewatch.notifier.mail.MailSettings;
import io.tidewatch.notifier.mail.OutgoingMails;
import io.tidewatch.notifier.mail.ScriptedSmtp;
import io.tidewatch.notifier.mail.TestCertificate;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the history says of the mistakes that people make. Prints the table that it compares. */
final class ReasonsTest {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final AddressPolicy LOOPBACK = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")), List.of());

    private final HttpReceiver receiver = new HttpReceiver();
    private final OutgoingHttp http = new OutgoingHttp(LOOPBACK, OperatorProxy.NONE, WITHIN, Clock.systemUTC());
    private final Map<String, String> table = new LinkedHashMap<>();

    @AfterEach
    void close() {
        http.close();
        receiver.close();
    }

    @Test
    void nameWhatIsWrong(@TempDir Path directory) throws Exception {
        TestCertificate good = TestCertificate.of(directory, "ip:127.0.0.1");
        TestCertificate expired = TestCertificate.expired(directory, "ip:127.0.0.1");

        note("bad template", custom("{\"a\":\"{{#nothing}}x{{/nothing}}\"}"));
        try (ScriptedSmtp server =
                ScriptedSmtp.withStartTls(good.context(), Map.of("AUTH", "535 5.7.8 bad credentials"))) {
            note("wrong SMTP password", mail(server, good));
        }
        try (ScriptedSmtp server = ScriptedSmtp.withStartTls(expired.context(), Map.of())) {
            note("expired certificate", mail(server, expired));
        }
        note("unknown host", webhook("http://nowhere.invalid/hook"));
        note("forbidden address", webhook("http://10.0.0.1/hook"));
        receiver.answer(404, Map.of(), "no such hook");
        note("404", webhook(receiver.url() + "/hook"));
        receiver.answer(413, Map.of(), "too large");
        note("oversized message", webhook(receiver.url() + "/hook"));
        try (ScriptedSmtp server = ScriptedSmtp.withStartTls(good.context(), Map.of("END", "552 5.3.4 too big"))) {
            note("oversized mail", mail(server, good));
        }

        table.forEach((mistake, said) -> System.out.printf("%-20s %s%n", mistake, said));
        assertThat(table)
                .containsExactly(
                        Map.entry(
                                "bad template",
                                "CONFIRMED: sent in the usual form: The template is faulty: No method or field with name"
                                        + " 'nothing' on line 1"),
                        Map.entry(
                                "wrong SMTP password",
                                "NOT_RECEIVED: the mail server 127.0.0.1:PORT refuses the user or the password: 535 5.7.8 bad"
                                        + " credentials"),
                        Map.entry(
                                "expired certificate",
                                "NOT_RECEIVED: the mail server 127.0.0.1:PORT and we have no TLS connection: its certificate, or"
                                        + " one that has signed it, has expired (NotAfter: DATE)"),
                        Map.entry("unknown host", "NOT_RECEIVED: http://nowhere.invalid: its name does not resolve"),
                        Map.entry(
                                "forbidden address",
                                "REFUSED: http://10.0.0.1: its address must not be reached from here"),
                        Map.entry("404", "REFUSED: status 404: no such hook"),
                        Map.entry("oversized message", "REFUSED: status 413: too large"),
                        Map.entry("oversized mail", "REFUSED: the mail server 127.0.0.1:PORT said 552 5.3.4 too big"));
    }

    private void note(String mistake, Attempt attempt) {
        table.put(
                mistake,
                (attempt.result() + ": " + attempt.reason())
                        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                        .replaceAll("NotAfter: [^)]*", "NotAfter: DATE"));
    }

    private Attempt webhook(String url) {
        return send(new WebhookChannel(http), Map.of("url", url));
    }

    private Attempt custom(String body) {
        return send(new CustomChannel(http), Map.of("url", receiver.url(), "body", body));
    }

    private static Attempt mail(ScriptedSmtp server, TestCertificate trusted) {
        MailSettings settings = new MailSettings(
                "127.0.0.1",
                server.port(),
                MailSecurity.STARTTLS,
                Optional.of(new MailSettings.Login("tidewatch", "s3cret-password")),
                "tw@tidewatch.example",
                Optional.of(trusted.pem()),
                WITHIN,
                WITHIN);
        return send(
                new EmailChannel(new OutgoingMails(settings), new AlarmLinks(Optional.empty())),
                Map.of("address", "ops@example.test"));
    }

    private static Attempt send(Channel channel, Map<String, Object> details) {
        return channel.send(
                Deliveries.of(MessageKind.PROBLEM, State.CRITICAL), new ChannelDetails(details), Deliveries.NOW);
    }
}
