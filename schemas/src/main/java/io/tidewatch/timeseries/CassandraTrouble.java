package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.servererrors.CoordinatorException;
import com.datastax.oss.driver.api.core.servererrors.QueryValidationException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns a failure of the driver into one line: what is wrong, and what to do. */
record CassandraTrouble(CassandraSettings settings) {
    /** Source: {@code ProtocolInitHandler} of the driver 4.19. */
    private static final Pattern SERVER_REPLIED = Pattern.compile(".*server replied with '(?<reply>.*)' to .*");

    String sentence(RuntimeException failure) {
        List<Throwable> causes = causes(failure);
        Throwable first = causes.get(0);
        Optional<Throwable> denied = causes.stream()
                .filter(AuthenticationException.class::isInstance)
                .findFirst();
        if (denied.isPresent()) {
            return credentials(String.valueOf(denied.get().getMessage()));
        }
        if (first instanceof QueryValidationException refusal) {
            return refusal(refusal);
        }
        String reason = text(root(first));
        if (root(first) instanceof UnknownHostException) {
            return "Cassandra can't be reached: the host " + reason.split(":", 2)[0] + " is unknown. Mend "
                    + CassandraSettings.CONTACT_POINTS;
        }
        if (failure instanceof AllNodesFailedException && !(first instanceof CoordinatorException)) {
            return "Cassandra can't be reached: none answers at " + settings.nodes() + " (" + reason
                    + "). Start it, or mend " + CassandraSettings.CONTACT_POINTS;
        }
        return "Cassandra at " + settings.nodes() + " can't be used: " + reason;
    }

    private String credentials(String message) {
        if (settings.username().isEmpty()) {
            return "Cassandra at " + settings.nodes() + " asks for credentials, and none are set. Set "
                    + CassandraSettings.USERNAME + " and " + CassandraSettings.PASSWORD;
        }
        Matcher replied = SERVER_REPLIED.matcher(message);
        return "Cassandra at " + settings.nodes() + " refuses the role " + settings.username() + ": "
                + (replied.matches() ? replied.group("reply") : message) + ". Mend " + CassandraSettings.USERNAME
                + " and " + CassandraSettings.PASSWORD + ", or the role";
    }

    private static String refusal(QueryValidationException refusal) {
        String reason = text(refusal);
        return "Cassandra refuses: " + reason + ". "
                + MissingPermission.in(reason)
                        .map(missing -> "Have a superuser run: " + missing.grant())
                        .orElse("Run 'tidewatch topics', which says what is missing or does not fit");
    }

    /** The errors of the single nodes, which say more than that no node could be reached. */
    private static List<Throwable> causes(RuntimeException failure) {
        if (failure instanceof AllNodesFailedException all) {
            List<Throwable> own = all.getAllErrors().values().stream()
                    .flatMap(Collection::stream)
                    .toList();
            return own.isEmpty() ? List.of(failure) : own;
        }
        return List.of(failure);
    }

    /**
     * For a connection that was refused, the driver reports a closed channel and hides the refusal among the suppressed
     * exceptions.
     */
    private static Throwable root(Throwable failure) {
        Throwable root = failure.getSuppressed().length > 0 ? failure.getSuppressed()[0] : failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    /** What a failure says, in one line and without a full stop, so that a sentence can go on. */
    static String text(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null ? failure.toString() : message;
        return text.replaceAll("\\s+", " ").replaceAll("\\.$", "");
    }
}
