package io.tidewatch.notifier;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.notifier.http.OperatorProxy;
import io.tidewatch.notifier.mail.MailSecurity;
import io.tidewatch.notifier.mail.MailSettings;
import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.runtime.application.ApplicationSettings;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.settings.EachElement;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/**
 * The notifier's settings.
 *
 * @param receivers which addresses may be reached
 * @param proxy what calls over HTTP go through
 * @param attemptDeadline how long an attempt may take
 * @param ageLimit how long a message is tried
 * @param secrets what opens the secrets of notifications; empty when there is no key
 * @param mail empty when no mails are sent
 * @param publicUrl of the API, as receivers reach it
 */
public record NotifierConfig(
        KafkaSettings kafka,
        RuntimeSettings runtime,
        OperationsSettings operations,
        int threads,
        int commitIntervalMs,
        int transactionTimeoutMs,
        AddressPolicy receivers,
        OperatorProxy proxy,
        Duration attemptDeadline,
        Duration ageLimit,
        Optional<SecretBox> secrets,
        Optional<MailSettings> mail,
        Optional<String> publicUrl) {
    public static final String THREADS = "threads";
    public static final String COMMIT_INTERVAL = "commit.interval.ms";
    public static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";
    public static final String RECEIVERS_ALLOW = "receivers.allow";
    public static final String RECEIVERS_DENY = "receivers.deny";
    public static final String ATTEMPT_DEADLINE = "attempt.deadline.ms";
    public static final String AGE_LIMIT = "age.limit.hours";

    public static final String MAIL_HOST = "mail.host";
    public static final String MAIL_PORT = "mail.port";
    public static final String MAIL_SECURITY = "mail.security";
    public static final String MAIL_USER = "mail.user";
    public static final String MAIL_PASSWORD = "mail.password";
    public static final String MAIL_FROM = "mail.from";
    public static final String MAIL_CA_FILE = "mail.ca.file";
    public static final String PUBLIC_URL = "public.url";

    private static final Duration MAIL_CONNECTS_WITHIN = Duration.ofSeconds(10);

    /** The application's name, and the last part of its {@code application.id}. */
    private static final String NAME = "notifier";

    /** Every key, with its default and what it means. */
    public static ConfigDef definition() {
        ConfigDef shared = SecretBox.define(OperationsSettings.define(KafkaSettings.define(new ConfigDef())));
        return ProxySettings.define(RuntimeSettings.define(shared, "data/notifier"))
                .define(
                        THREADS,
                        Type.INT,
                        1,
                        Range.between(1, 256),
                        Importance.MEDIUM,
                        "Threads that plan. Messages are sent by others, of which there are as many as needed.")
                .define(
                        COMMIT_INTERVAL,
                        Type.INT,
                        50,
                        Range.between(10, 5000),
                        Importance.LOW,
                        "Milliseconds between commits; what was planned is sent after each.")
                .define(
                        TRANSACTION_TIMEOUT,
                        Type.INT,
                        6000,
                        Range.between(1000, 300_000),
                        Importance.MEDIUM,
                        "Milliseconds after which the broker ends the transaction of a process that died and does not come"
                                + " back, and at which one that hangs is shut out.")
                .define(
                        RECEIVERS_ALLOW,
                        Type.LIST,
                        List.of(),
                        EachElement.parsesBy(Cidr::parse, "address ranges"),
                        Importance.HIGH,
                        "Special-purpose addresses (loopback, private networks and so on) that messages may be sent to"
                                + " nonetheless: ranges such as 10.0.0.0/8 or fd00::/8, separated by commas.")
                .define(
                        RECEIVERS_DENY,
                        Type.LIST,
                        List.of(),
                        EachElement.parsesBy(Cidr::parse, "address ranges"),
                        Importance.HIGH,
                        "Addresses that no message may be sent to, such as those of our own servers: ranges such as"
                                + " 192.0.2.0/24, separated by commas. Wins over " + RECEIVERS_ALLOW + ".")
                .define(
                        ATTEMPT_DEADLINE,
                        Type.INT,
                        15_000,
                        Range.between(100, 120_000),
                        Importance.LOW,
                        "Milliseconds after which an attempt to send a message has failed.")
                .define(
                        AGE_LIMIT,
                        Type.INT,
                        24,
                        Range.between(1, 24 * 7),
                        Importance.MEDIUM,
                        "Hours after which a message that could not be sent is given up.")
                .define(
                        PUBLIC_URL,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The root of the API as receivers reach it, such as https://tidewatch.example.com, for links in"
                                + " messages; empty for messages without links.")
                .define(
                        MAIL_HOST,
                        Type.STRING,
                        "",
                        Importance.HIGH,
                        "The mail server; empty when no mails are sent. Those of notifications of the type email wait then.")
                .define(
                        MAIL_PORT,
                        Type.INT,
                        587,
                        Range.between(1, 65_535),
                        Importance.MEDIUM,
                        "Its port: mostly 587 with starttls, 465 with tls.")
                .define(
                        MAIL_SECURITY,
                        Type.STRING,
                        "starttls",
                        ValidString.in("starttls", "tls", "none"),
                        Importance.HIGH,
                        "How the connection to it is secured: starttls, tls from its beginning, or none. Nothing is sent with"
                                + " less than that.")
                .define(
                        MAIL_USER,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Who the notifier is to the mail server; empty when that asks nobody.")
                .define(MAIL_PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "The password of " + MAIL_USER + ".")
                .define(
                        MAIL_FROM,
                        Type.STRING,
                        "tidewatch@localhost.localdomain",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "Who mails are from: an address, or a name and an address in angle brackets.")
                .define(
                        MAIL_CA_FILE,
                        Type.STRING,
                        "",
                        Importance.LOW,
                        "Certificates in PEM that the mail server's has to be signed by; empty for those of the JDK.");
    }

    public static NotifierConfig from(Settings settings) {
        return new NotifierConfig(
                KafkaSettings.from(settings),
                RuntimeSettings.from(settings),
                OperationsSettings.from(settings),
                settings.getInt(THREADS),
                settings.getInt(COMMIT_INTERVAL),
                settings.getInt(TRANSACTION_TIMEOUT),
                new AddressPolicy(ranges(settings, RECEIVERS_ALLOW), ranges(settings, RECEIVERS_DENY)),
                ProxySettings.from(settings),
                Duration.ofMillis(settings.getInt(ATTEMPT_DEADLINE)),
                Duration.ofHours(settings.getInt(AGE_LIMIT)),
                SecretBox.from(settings),
                mail(settings),
                given(settings, PUBLIC_URL));
    }

    private static Optional<MailSettings> mail(Settings settings) {
        try {
            return given(settings, MAIL_HOST)
                    .map(host -> new MailSettings(
                            host,
                            settings.getInt(MAIL_PORT),
                            MailSecurity.valueOf(
                                    settings.getString(MAIL_SECURITY).toUpperCase(Locale.ROOT)),
                            given(settings, MAIL_USER)
                                    .map(user -> new MailSettings.Login(
                                            user,
                                            settings.getPassword(MAIL_PASSWORD).value())),
                            settings.getString(MAIL_FROM),
                            given(settings, MAIL_CA_FILE).map(Path::of),
                            MAIL_CONNECTS_WITHIN,
                            Duration.ofMillis(settings.getInt(ATTEMPT_DEADLINE))));
        } catch (IllegalArgumentException e) {
            throw new SettingsException("The settings mail.… don't fit: " + e.getMessage(), e);
        }
    }

    private static Optional<String> given(Settings settings, String key) {
        return Optional.of(settings.getString(key)).filter(text -> !text.isEmpty());
    }

    /** What the application is set to, as Kafka Streams needs it. */
    public ApplicationSettings application() {
        return new ApplicationSettings(
                NAME,
                ApplicationSettings.id(kafka.topics(), NAME),
                kafka,
                runtime,
                threads,
                commitIntervalMs,
                transactionTimeoutMs);
    }

    private static List<Cidr> ranges(Settings settings, String key) {
        return settings.getList(key).stream().map(Cidr::parse).toList();
    }
}
