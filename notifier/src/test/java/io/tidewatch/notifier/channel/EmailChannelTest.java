package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.mail.MailSecurity;
import io.tidewatch.notifier.mail.MailSettings;
import io.tidewatch.notifier.mail.OutgoingMails;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mails, as GreenMail gets them. */
final class EmailChannelTest extends ChannelContract {
    private static final String ADDRESS = "ops@example.test";

    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", "smtp"));

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    @Override
    Channel channel() {
        return channel(server.getSmtp().getPort());
    }

    private static Channel channel(int port) {
        MailSettings settings = new MailSettings(
                "127.0.0.1",
                port,
                MailSecurity.NONE,
                Optional.empty(),
                "Tidewatch <tw@tidewatch.example>",
                Optional.empty(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10));
        return new EmailChannel(new OutgoingMails(settings), new AlarmLinks(Optional.empty()));
    }

    @Override
    ChannelDetails details() {
        return new ChannelDetails(Map.of("address", ADDRESS));
    }

    @Override
    Attempt toNobody() {
        int port = server.getSmtp().getPort();
        server.stop();
        return channel(port).send(Deliveries.of(MessageKind.PROBLEM, State.CRITICAL), details(), Deliveries.NOW);
    }

    @Override
    List<Told> received() {
        return Arrays.stream(server.getReceivedMessages())
                .map(EmailChannelTest::understood)
                .toList();
    }

    private static Told understood(MimeMessage mail) {
        try {
            assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("Tidewatch <tw@tidewatch.example>");
            assertThat(mail.getAllRecipients()).extracting(Object::toString).containsExactly(ADDRESS);
            assertThat(mail.getHeader("X-Injected")).isNull();
            assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(mail.getHeader("Message-ID"))
                    .singleElement()
                    .asString()
                    .matches("<d-[A-Z-]+@tidewatch\\.example>");
            assertThat(mail.getHeader("References")).isEqualTo(mail.getHeader("In-Reply-To"));
            assertThat(mail.getContentType()).isEqualToIgnoringCase("text/plain; charset=UTF-8");
            assertThat(mail.getSubject()).hasSizeLessThan(300).startsWith("** ").endsWith(" **");
            Told told = Told.ofHeadline(mail.getSubject(), ((String) mail.getContent()).replace("\r\n", "\n"));
            return new Told(mail.getHeader("References")[0], told.kind(), told.text());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsAsRackspacesMailsDid() throws Exception {
        send(MessageKind.PROBLEM, State.CRITICAL);

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("** CRITICAL: HTTP web1 on web1 **");
        assertThat(mail.getHeader("Date")).containsExactly("Mon, 30 Nov 2026 12:00:10 +0000");
        assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(1);
        assertThat(((String) mail.getContent()).replace("\r\n", "\n").strip()).isEqualTo("""
                CRITICAL: HTTP web1 on web1

                Entity: web1 (en1)
                Check: HTTP web1 (remote.http)
                Alarm: al1
                State: CRITICAL, before OK
                Status: code=500,rt=0.257s
                Date: 2026-11-30 12:00:00 UTC
                Incident: 3, since 2026-11-30 11:58:00 UTC
                CRITICAL - code=500,rt=0.257s, mzdfw, 12 sec ago
                OK - fine, agent, 0 sec ago""");
    }

    @Test
    void saysWhoTakesCareUntilWhenAndWhatTheySay() throws Exception {
        send(MessageKind.ACKNOWLEDGED, State.CRITICAL);

        MimeMessage mail = server.getReceivedMessages()[0];
        assertThat(mail.getSubject()).isEqualTo("** CRITICAL, acknowledged by jo: HTTP web1 on web1 **");
        assertThat((String) mail.getContent())
                .contains("Acknowledged by jo, until 2026-11-30 13:00:00 UTC: restarting it\r\n");
    }

    @Test
    void putsAnotherIncidentIntoAnotherThread() {
        Delivery other = Deliveries.of(MessageKind.PROBLEM, State.CRITICAL);
        other.setIncident(4L);

        send(MessageKind.PROBLEM, State.CRITICAL);
        channel().send(other, details(), Deliveries.NOW);

        assertThat(received()).extracting(Told::incident).doesNotHaveDuplicates();
    }

    @Test
    void isTheSameMailAgainWhenItIsTriedAgain() throws Exception {
        Delivery delivery = Deliveries.of(MessageKind.PROBLEM, State.CRITICAL);

        channel().send(delivery, details(), Deliveries.NOW);
        channel().send(delivery, details(), Deliveries.NOW.plusSeconds(600));

        MimeMessage[] mails = server.getReceivedMessages();
        assertThat(mails[0].getHeader("Message-ID")).isEqualTo(mails[1].getHeader("Message-ID"));
        assertThat(mails[0].getContent()).isEqualTo(mails[1].getContent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "a@example.test, b@example.test",
                "a@example.test\r\nBcc: b@example.test",
                "all: a@example.test, b@example.test;",
                "@",
                "a b@example.test",
                "<a@example.test>\nX: y",
                "A <a@example.test>",
                "a@example.test (b)"
            })
    void refusesWhatIsNotOneAddress(String address) {
        Attempt attempt = channel()
                .send(
                        Deliveries.of(MessageKind.PROBLEM, State.CRITICAL),
                        new ChannelDetails(Map.of("address", address)),
                        Deliveries.NOW);

        assertThat(attempt)
                .isEqualTo(Attempt.of(Result.REFUSED, "no mail can go to this address: it is not one address"));
        assertThat(server.getReceivedMessages()).isEmpty();
    }
}
