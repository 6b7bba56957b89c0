package io.tidewatch.notifier.mail;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.delivery.ReasonText;
import io.tidewatch.notifier.delivery.TlsReason;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.eclipse.angus.mail.util.MailConnectException;

/** What becomes of a mail when the mail server, or the way to it, fails. */
final class SmtpFailure {
    private static final int MOST_CAUSES = 20;

    /** It wants another login, or TLS first: the operator's settings are wrong, not the mail. Source: RFC 4954, 3207. */
    private static final Set<Integer> ABOUT_US = Set.of(530, 534, 535, 538);

    private final String server;
    private final List<String> secrets;

    SmtpFailure(MailSettings settings) {
        this.server = "the mail server " + settings.host() + ":" + settings.port();
        this.secrets = settings.login().stream()
                .flatMap(login -> Stream.of(
                        login.password(),
                        base64(login.password()),
                        base64(login.user() + "\0" + login.user() + "\0" + login.password())))
                .toList();
    }

    /** Before the mail was spoken of. A wrong password is the operator's to correct, and the mail waits until then. */
    Attempt toConnect(MessagingException failure) {
        return Attempt.of(Result.NOT_RECEIVED, reason(unconnected(failure)));
    }

    /** @param begun whether the server was being handed the mail itself */
    Attempt toSend(MessagingException failure, boolean begun) {
        Optional<MessagingException> answered = causes(failure)
                .filter(MessagingException.class::isInstance)
                .map(MessagingException.class::cast)
                .filter(cause -> code(cause) >= 400)
                .findFirst();
        if (answered.isPresent()) {
            int code = code(answered.get());
            return Attempt.of(
                    code < 500 || ABOUT_US.contains(code) ? Result.NOT_RECEIVED : Result.REFUSED,
                    reason("said " + answered.get().getMessage()));
        }
        return begun
                ? Attempt.of(Result.UNKNOWN, reason("did not say whether it has the mail"))
                : Attempt.of(Result.NOT_RECEIVED, reason("broke off before it had the mail"));
    }

    private static String unconnected(MessagingException failure) {
        if (failure instanceof MailConnectException) {
            return "can't be connected to";
        } else if (failure instanceof AuthenticationFailedException) {
            return "refuses the user or the password: " + failure.getMessage();
        }
        return causes(failure)
                .filter(SSLException.class::isInstance)
                .findFirst()
                .map(tls -> "and we have no TLS connection: " + TlsReason.of(tls))
                .orElseGet(() -> "can't be used: " + failure.getMessage());
    }

    private String reason(String said) {
        return ReasonText.tidy(server + " " + ReasonText.hide(said, secrets));
    }

    private static int code(MessagingException failure) {
        if (failure instanceof SMTPAddressFailedException address) {
            return address.getReturnCode();
        } else if (failure instanceof SMTPSenderFailedException sender) {
            return sender.getReturnCode();
        }
        return failure instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && causes.size() < MOST_CAUSES; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes.stream();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
