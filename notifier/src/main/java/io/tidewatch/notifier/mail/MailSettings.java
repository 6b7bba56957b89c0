package io.tidewatch.notifier.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The operator's mail server, and who mails are from.
 *
 * @param login empty when the server wants none
 * @param from an address, with a name before it in angle brackets if wanted
 * @param caFile certificates in PEM that the server's has to be signed by; the JDK's own when it is empty
 * @param connectTimeout for the connection
 * @param timeout for each answer of the server, and for each part of a mail that it takes
 */
public record MailSettings(
        String host,
        int port,
        MailSecurity security,
        Optional<Login> login,
        String from,
        Optional<Path> caFile,
        Duration connectTimeout,
        Duration timeout) {
    /** @throws IllegalArgumentException when there is no such port, or no such address */
    public MailSettings {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("There is no port " + port);
        }
        if (connectTimeout.toMillis() < 1 || timeout.toMillis() < 1) {
            throw new IllegalArgumentException("A timeout of less than a millisecond would be none");
        }
        sender(from);
    }

    /** Who we are to the server. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    InternetAddress sender() {
        return sender(from);
    }

    /** The part of the sender's address behind the @. */
    String domain() {
        String address = sender().getAddress();
        return address.substring(address.lastIndexOf('@') + 1);
    }

    private static InternetAddress sender(String from) {
        try {
            InternetAddress sender = new InternetAddress(from, true);
            if (sender.getAddress().indexOf('@') < 0) {
                throw new IllegalArgumentException("No mail can be from " + from + ", which has no domain");
            }
            return sender;
        } catch (AddressException e) {
            throw new IllegalArgumentException("No mail can be from " + from, e);
        }
    }
}
