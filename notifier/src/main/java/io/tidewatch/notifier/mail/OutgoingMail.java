package io.tidewatch.notifier.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

/** A mail in the form in which it is sent. Remembers whether its sending has begun. For one attempt, and one thread. */
final class OutgoingMail extends MimeMessage {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);

    private static final Pattern NOT_IN_AN_ID = Pattern.compile("[^A-Za-z0-9._-]");

    private final String messageId;
    private boolean begun;

    private OutgoingMail(Session session, String messageId) {
        super(session);
        this.messageId = messageId;
    }

    /** @throws AddressException when the address is not one, or more than one */
    static OutgoingMail of(Session session, MailSettings settings, Mail mail) throws MessagingException {
        OutgoingMail message = new OutgoingMail(session, id(mail.id(), settings));
        message.setFrom(settings.sender());
        message.setRecipient(Message.RecipientType.TO, recipient(mail.to()));
        message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
        // No mail of the thread has this id, so that each is an answer to the same one. Its order is that of their
        // dates.
        message.setHeader("In-Reply-To", id(mail.thread(), settings));
        message.setHeader("References", id(mail.thread(), settings));
        message.setHeader("Date", DATE.format(mail.at().atOffset(ZoneOffset.UTC)));
        // Source: RFC 3834; nobody's absence is answered to us. The second is for Exchange, which does not know the
        // first.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        message.setText(mail.body(), StandardCharsets.UTF_8.name());
        message.saveChanges();
        return message;
    }

    /** Whether the server has said that it awaits the mail. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignored) throws IOException, MessagingException {
        begun = true;
        super.writeTo(out, ignored);
    }

    /** Otherwise each saving would make another one. */
    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", messageId);
    }

    private static InternetAddress recipient(String address) throws AddressException {
        InternetAddress recipient = new InternetAddress(address, true);
        // Beside an address, the parser takes groups, names and comments, and addresses without a domain.
        if (recipient.isGroup() || !recipient.getAddress().equals(address) || address.indexOf('@') < 0) {
            throw new AddressException("Not an address with a domain, and nothing else");
        }
        return recipient;
    }

    private static String id(String text, MailSettings settings) {
        return "<" + NOT_IN_AN_ID.matcher(text).replaceAll("-") + "@" + settings.domain() + ">";
    }
}
