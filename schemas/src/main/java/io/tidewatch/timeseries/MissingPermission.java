package io.tidewatch.timeseries;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a role may not do, as Cassandra tells it.
 *
 * @param permission the word of CQL, such as {@code CREATE}
 * @param resource on what, as {@code GRANT} takes it
 */
record MissingPermission(String role, String permission, String resource) {
    /** Source: {@code ClientState.ensurePermissionOnResourceChain} of Cassandra 5.0. */
    private static final Pattern MESSAGE =
            Pattern.compile("User (?<role>\\S+) has no (?<permission>\\w+) permission on <(?<resource>[^>]+)>.*");

    private static final Pattern WITHIN_KEYSPACE =
            Pattern.compile("(keyspace |table |all tables in )(?<keyspace>\\w+).*");

    /** Empty when the refusal has another reason. */
    static Optional<MissingPermission> in(String refusal) {
        Matcher message = MESSAGE.matcher(refusal);
        return message.matches()
                ? Optional.of(new MissingPermission(
                        message.group("role"), message.group("permission"), granted(message.group("resource"))))
                : Optional.empty();
    }

    /** The statement that a superuser has to run. */
    String grant() {
        return "GRANT " + permission + " ON " + resource + " TO " + role;
    }

    /** A permission that is missing on one table is missing on the others, too; so the grant is for the keyspace. */
    private static String granted(String resource) {
        Matcher within = WITHIN_KEYSPACE.matcher(resource);
        return within.matches() ? "KEYSPACE " + within.group("keyspace") : resource.toUpperCase(Locale.ROOT);
    }
}
