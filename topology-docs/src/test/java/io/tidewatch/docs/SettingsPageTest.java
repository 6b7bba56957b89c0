package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.junit.jupiter.api.Test;

final class SettingsPageTest {
    @Test
    void tellsOfEachKeyWhatCanBeSetAndHow() {
        ConfigDef definition = new ConfigDef()
                .define("zone.id", Type.STRING, Importance.HIGH, "The zone that it runs in.")
                .define("http.port", Type.INT, 8080, Range.between(0, 65535), Importance.HIGH, "Where it listens.")
                .define("password", Type.PASSWORD, "", Importance.LOW, "The password, if one is asked for.")
                .define("zones", Type.LIST, List.of("a", "b"), Importance.LOW, "Zones, separated by commas.");

        assertThat(page(definition)).endsWith("""

                        ## poller

                        | key | environment variable | type | default | accepted | meaning |
                        | --- | --- | --- | --- | --- | --- |
                        | `zone.id` | `TIDEWATCH_ZONE_ID` | string | none: required |  | The zone that it runs in. |
                        | `http.port` | `TIDEWATCH_HTTP_PORT` | int | `8080` | [0,...,65535] | Where it listens. |
                        | `password` | `TIDEWATCH_PASSWORD` | password | empty |  | The password, if one is asked for. |
                        | `zones` | `TIDEWATCH_ZONES` | list | `a,b` |  | Zones, separated by commas. |
                        """);
    }

    @Test
    void refusesAKeyWithoutDocumentation() {
        ConfigDef definition = new ConfigDef().define("zone.id", Type.STRING, Importance.HIGH, "");

        assertThatThrownBy(() -> page(definition)).hasMessage("The setting zone.id of poller has no documentation");
    }

    @Test
    void refusesAValidatorThatCannotSayWhatItAccepts() {
        ConfigDef definition = new ConfigDef()
                .define("zone.id", Type.STRING, "x", (key, value) -> {}, Importance.HIGH, "The zone that it runs in.");

        assertThatThrownBy(() -> page(definition))
                .hasMessage(
                        "The setting zone.id of poller has a validator whose toString() does not say what it accepts");
    }

    private static String page(ConfigDef definition) {
        return new SettingsPage(List.of(new Part("poller", definition))).markdown();
    }
}
