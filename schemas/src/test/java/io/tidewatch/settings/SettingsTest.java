package io.tidewatch.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SettingsTest {
    private static final ConfigDef DEFINITION = new ConfigDef()
            .define("web.port", Type.INT, 80, ConfigDef.Range.between(0, 65_535), Importance.HIGH, "A TCP port.")
            .define("zone.id", Type.STRING, Importance.HIGH, "The zone's name.")
            .define("pass-word", Type.PASSWORD, "", new NeverValid(), Importance.HIGH, "A secret.")
            .define(
                    "color",
                    Type.STRING,
                    "red",
                    ConfigDef.ValidString.in("red", "blue"),
                    Importance.LOW,
                    "Of the sky.");

    @TempDir
    private Path folder;

    @Test
    void comeFromDefaultsThenFileThenEnvironment() throws IOException {
        Path file = file("# where we are\nzone.id = lon \ncolor=blue\nweb.port=81\n");

        Settings settings = Settings.load(
                DEFINITION, Optional.of(file), Map.of("TIDEWATCH_WEB_PORT", " 82", "HOME", "/", "TIDEWATCHED", "x"));

        assertThat(settings.getInt("web.port")).isEqualTo(82);
        assertThat(settings.getString("zone.id")).isEqualTo("lon");
        assertThat(settings.getString("color")).isEqualTo("blue");
        assertThat(Settings.of(DEFINITION, Map.of("zone.id", "lon")).getInt("web.port"))
                .isEqualTo(80);
    }

    @Test
    void comeFromTheFileThatTheCommandLineNames() throws IOException {
        String file = file("zone.id=lon").toString();

        Settings settings = Settings.load(DEFINITION, "part", new String[] {"--config", file}, Map.of());

        assertThat(settings.getString("zone.id")).isEqualTo("lon");
    }

    @Test
    void refuseACommandLineThatNamesNoFile() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(DEFINITION, "part", new String[] {"--config"}, Map.of()))
                .withMessage("Usage: tidewatch part [--config FILE | --version]");
    }

    @Test
    void areReadAsUtf8() throws IOException {
        Settings settings = Settings.load(DEFINITION, Optional.of(file("zone.id=Zürich")), Map.of());

        assertThat(settings.getString("zone.id")).isEqualTo("Zürich");
    }

    @Test
    void haveAVariableForEveryKey() {
        assertThat(Settings.variable("web.port")).isEqualTo("TIDEWATCH_WEB_PORT");
        assertThat(Settings.variable("pass-word")).isEqualTo("TIDEWATCH_PASS_WORD");
    }

    @Test
    void refuseAnUnknownKey() {
        refuses(
                Map.of("zone.id", "lon", "web.prot", "81"),
                "Unknown setting 'web.prot'. Known are: color, pass-word, web.port, zone.id.");
    }

    @Test
    void refuseAnUnknownKeyOfTheFileAndSayWhichFile() throws IOException {
        Path file = file("zone.id=lon\nweb.prot=81");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(DEFINITION, Optional.of(file), Map.of()))
                .withMessage(
                        "Unknown setting 'web.prot' in " + file + ". Known are: color, pass-word, web.port, zone.id.");
    }

    @Test
    void refuseAnUnknownVariable() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(
                        DEFINITION, Optional.empty(), Map.of("TIDEWATCH_ZONE_ID", "lon", "TIDEWATCH_WEB_PROT", "81")))
                .withMessage("Unknown environment variable TIDEWATCH_WEB_PROT. Known are: TIDEWATCH_COLOR,"
                        + " TIDEWATCH_PASS_WORD, TIDEWATCH_WEB_PORT, TIDEWATCH_ZONE_ID.");
    }

    @Test
    void refuseAMissingValue() {
        refuses(Map.of(), "Setting zone.id is missing, and has no default. Accepted (string): The zone's name.");
    }

    @Test
    void refuseAValueOfAnotherType() {
        refuses(
                Map.of("zone.id", "lon", "web.port", "eighty"),
                "Setting web.port is 'eighty', which is refused: Not a number of type INT. Accepted (int): A TCP port.");
    }

    @Test
    void refuseAValueOutOfRange() {
        refuses(
                Map.of("zone.id", "lon", "web.port", "65536"),
                "Setting web.port is '65536', which is refused: Value must be no more than 65535."
                        + " Accepted (int): A TCP port.");
    }

    @Test
    void refuseAValueThatIsNotOneOfThoseAllowed() {
        refuses(
                Map.of("zone.id", "lon", "color", "green"),
                "Setting color is 'green', which is refused: String must be one of: red, blue."
                        + " Accepted (string): Of the sky.");
    }

    @Test
    void neverShowASecret() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(DEFINITION, Map.of("zone.id", "lon", "pass-word", "hunter2")))
                .withMessage("Setting pass-word is '[hidden]', which is refused: is never good enough."
                        + " Accepted (password): A secret.");
    }

    @Test
    void nameEverythingThatIsWrongAtOnce() {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(
                        DEFINITION,
                        Optional.empty(),
                        Map.of("TIDEWATCH_COLOR", "green", "TIDEWATCH_WEB_PORT", "-1", "TIDEWATCH_X", "1")))
                .withMessageContainingAll("TIDEWATCH_X", "Setting color", "Setting web.port", "Setting zone.id");
    }

    @Test
    void refuseAFileThatCannotBeRead() throws IOException {
        Path missing = folder.resolve("missing.properties");
        Path malformed = file("zone.id=\\u12");

        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(DEFINITION, Optional.of(missing), Map.of()))
                .withMessage("The settings file " + missing + " can't be read: java.nio.file.NoSuchFileException: "
                        + missing);
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.load(DEFINITION, Optional.of(malformed), Map.of()))
                .withMessageStartingWith("The settings file " + malformed + " can't be read: ");
    }

    @Test
    void ofKafkaSayWhereItIs() {
        Settings settings = Settings.of(
                KafkaSettings.define(new ConfigDef()),
                Map.of("kafka.bootstrap.servers", "127.0.0.1:1", "topic.prefix", "staging."));

        KafkaSettings kafka = KafkaSettings.from(settings);

        assertThat(kafka.client()).isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:1"));
        assertThat(kafka.registryUrl()).isEqualTo("http://localhost:8081/apis/ccompat/v7");
        assertThat(kafka.topics().prefix()).isEqualTo("staging.");
    }

    @Test
    void ofKafkaNeedAPortAndAHostThatExists() {
        refusesServers("localhost", "Invalid url in bootstrap.servers: localhost");
        refusesServers(
                "localhost:9092 otherhost:9092", "Invalid url in bootstrap.servers: localhost:9092 otherhost:9092");
        refusesServers("nowhere.invalid:9092", "No resolvable bootstrap urls given in bootstrap.servers");

        String oneResolves = "nowhere.invalid:9092 , localhost:9092";
        assertThat(Settings.of(KafkaSettings.define(new ConfigDef()), Map.of("kafka.bootstrap.servers", oneResolves))
                        .getString("kafka.bootstrap.servers"))
                .isEqualTo(oneResolves);
    }

    private Path file(String content) throws IOException {
        return Files.write(folder.resolve("part.properties"), content.getBytes(StandardCharsets.UTF_8));
    }

    private static void refuses(Map<String, String> values, String message) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Settings.of(DEFINITION, values))
                .withMessage(message);
    }

    private static void refusesServers(String servers, String reason) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() ->
                        Settings.of(KafkaSettings.define(new ConfigDef()), Map.of("kafka.bootstrap.servers", servers)))
                .withMessage("Setting kafka.bootstrap.servers is '" + servers + "', which is refused: " + reason
                        + ". Accepted (string): Kafka brokers to begin with, as host:port, separated by commas.");
    }

    /** Refuses every secret but the empty one. */
    private static final class NeverValid implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, Object value) {
            if (!((Password) value).value().isEmpty()) {
                throw new ConfigException(name, value, "is never good enough");
            }
        }
    }
}
