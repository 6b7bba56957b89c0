package io.tidewatch.notifier.mail;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Sends mails over the operator's mail server, each to one address and over a connection of its own, so that each has an
 * outcome of its own. Blocks the thread that calls; any number of threads may. The server's address is the operator's, and so
 * is not judged. Times are bounded for each answer of the server, not for all together: it is the operator's, too.
 */
public final class OutgoingMails {
    private final MailSettings settings;
    private final Session session;

    /** @throws IllegalArgumentException when the file of authorities can't be used */
    public OutgoingMails(MailSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
    }

    /** Sends it. */
    public Attempt send(Mail mail) {
        try {
            return send(OutgoingMail.of(session, settings, mail));
        } catch (AddressException e) {
            return Attempt.of(Result.REFUSED, "no mail can go to this address: it is not one address");
        } catch (MessagingException e) {
            return Attempt.of(Result.REFUSED, "the mail could not be written");
        }
    }

    private Attempt send(OutgoingMail mail) {
        SmtpFailure failure = new SmtpFailure(settings);
        @Nullable Transport transport = null;
        try {
            transport = session.getTransport("smtp");
            try {
                transport.connect(
                        settings.host(),
                        settings.port(),
                        settings.login().map(MailSettings.Login::user).orElse(null),
                        settings.login().map(MailSettings.Login::password).orElse(null));
            } catch (MessagingException e) {
                return failure.toConnect(e);
            }
            transport.sendMessage(mail, mail.getAllRecipients());
            return Attempt.confirmed();
        } catch (MessagingException e) {
            return failure.toSend(e, mail.hasBegun());
        } finally {
            closeQuietly(transport);
        }
    }

    /** What the server says after it has answered for the mail changes nothing. */
    private static void closeQuietly(@Nullable Transport transport) {
        try {
            if (transport != null) {
                transport.close();
            }
        } catch (MessagingException gone) {
            // It is closed.
        }
    }

    private static Properties properties(MailSettings settings) {
        Properties properties = new Properties();
        properties.put(
                "mail.smtp.connectiontimeout",
                Long.toString(settings.connectTimeout().toMillis()));
        properties.put("mail.smtp.timeout", Long.toString(settings.timeout().toMillis()));
        properties.put(
                "mail.smtp.writetimeout", Long.toString(settings.timeout().toMillis()));
        properties.put("mail.smtp.from", settings.sender().getAddress());
        properties.put("mail.smtp.quitwait", "false");
        properties.put("mail.smtp.auth", Boolean.toString(settings.login().isPresent()));
        properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.enable", Boolean.toString(settings.security() == MailSecurity.TLS));
        // Without "required", a server that offers no STARTTLS gets the password in the clear.
        boolean starttls = settings.security() == MailSecurity.STARTTLS;
        properties.put("mail.smtp.starttls.enable", Boolean.toString(starttls));
        properties.put("mail.smtp.starttls.required", Boolean.toString(starttls));
        settings.caFile().map(Authorities::trusting).ifPresent(factory -> {
            properties.put("mail.smtp.ssl.socketFactory", factory);
            // Otherwise a failure of this one is followed by an attempt with the JDK's.
            properties.put("mail.smtp.socketFactory.fallback", "false");
        });
        return properties;
    }
}
