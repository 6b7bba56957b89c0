package io.tidewatch.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretBoxTest {
    private static final ConfigDef DEFINITION = SecretBox.define(new ConfigDef());
    private static final String SECRET = "https://hooks.example.org/T0/ünlesbar";
    private static final SecretPlace PLACE = new SecretPlace("acme", "ntOne", "url");
    private static final String OLD = key("old", 1);
    private static final String NEW = key("new", 2);

    @Test
    void opensWhatItSealed() {
        SecretBox box = box(NEW);

        String sealed = box.seal(SECRET, PLACE);

        assertThat(sealed).matches("1:new:[+/=0-9A-Za-z]+").doesNotContain("hooks");
        assertThat(box.open(sealed, PLACE)).isEqualTo(SECRET);
        assertThat(box.open(box.seal("", PLACE), PLACE)).isEmpty();
    }

    @Test
    void sealsTheSameDifferentlyEachTime() {
        SecretBox box = box(NEW);

        assertThat(box.seal(SECRET, PLACE)).isNotEqualTo(box.seal(SECRET, PLACE));
    }

    @ParameterizedTest
    @CsvSource({"evil, ntOne, url", "acme, ntTwo, url", "acme, ntOne, token", "acm, entOne, url", "acme, ntOneu, rl"})
    void opensNothingInAnotherPlace(String tenantId, String resourceId, String field) {
        SecretBox box = box(NEW);
        String sealed = box.seal(SECRET, PLACE);

        assertThatThrownBy(() -> box.open(sealed, new SecretPlace(tenantId, resourceId, field)))
                .isInstanceOf(SealedSecretException.class)
                .hasMessageStartingWith(
                        "A sealed secret can't be opened with the key new: it was sealed with another key");
    }

    @Test
    void opensNothingThatAnotherKeyOfTheSameIdSealed() {
        String sealed = box(NEW).seal(SECRET, PLACE);

        assertThatThrownBy(() -> box(key("new", 3)).open(sealed, PLACE))
                .isInstanceOf(SealedSecretException.class)
                .hasMessageContaining("the key new");
    }

    @Test
    void sealsWithTheFirstKeyAndOpensWithAll() {
        String before = box(OLD).seal(SECRET, PLACE);
        SecretBox rotated = box(NEW + " , " + OLD);

        assertThat(rotated.open(before, PLACE)).isEqualTo(SECRET);
        assertThat(rotated.seal(SECRET, PLACE)).startsWith("1:new:");
    }

    @Test
    void namesTheKeyThatIsMissing() {
        String sealed = box(OLD).seal(SECRET, PLACE);

        assertThatThrownBy(() -> box(NEW).open(sealed, PLACE))
                .isInstanceOf(SealedSecretException.class)
                .hasMessage("A secret is sealed with the key old, which the setting secrets.keys does not have");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1:new",
                "2:new:AAAA",
                "1:new:",
                "1:new:!",
                "1:new:AAAA",
                "1:ne w:AAAA",
                "1:new:A",
                "secret"
            })
    void opensNothingThatIsNoSealedSecret(String sealed) {
        assertThatThrownBy(() -> box(NEW).open(sealed, PLACE))
                .isInstanceOf(SealedSecretException.class)
                .hasMessageStartingWith("A sealed secret ");
    }

    @Test
    void opensNothingThatWasChanged() {
        String sealed = box(NEW).seal(SECRET, PLACE);
        byte[] bytes = Base64.getDecoder().decode(sealed.substring("1:new:".length()));
        bytes[20] ^= 1;
        String changed = "1:new:" + Base64.getEncoder().encodeToString(bytes);

        assertThatThrownBy(() -> box(NEW).open(changed, PLACE)).isInstanceOf(SealedSecretException.class);
    }

    @Test
    void isNotThereWithoutKeys() {
        assertThat(SecretBox.from(Settings.of(DEFINITION, Map.of()))).isEmpty();
        assertThat(SecretBox.from(Settings.of(DEFINITION, Map.of(SecretBox.KEYS, " "))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c2VjcmV0      | key 1 does not begin with an id of 1 to 32 letters, digits, '_' and '-', and a colon",
                ":c2VjcmV0     | key 1 does not begin with an id of 1 to 32 letters, digits, '_' and '-', and a colon",
                "a b:c2VjcmV0  | key 1 does not begin with an id of 1 to 32 letters, digits, '_' and '-', and a colon",
                "a:c2VjcmV0    | the key a has 6 bytes, but has to have 32",
                "a:c2Vj!mV0    | the key a is not in base64",
                "a:            | the key a has 0 bytes, but has to have 32",
                "OLD,          | key 2 does not begin with an id of 1 to 32 letters, digits, '_' and '-', and a colon",
                "OLD,OLD       | two keys have the id old"
            })
    void refusesBadKeysWithASentenceThatKeepsThem(String keys, String reason) {
        String given = keys.replace("OLD", OLD);

        assertThatThrownBy(() -> Settings.of(DEFINITION, Map.of(SecretBox.KEYS, given)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(
                        "Setting secrets.keys is '[hidden]', which is refused: " + reason + ". Accepted")
                .message()
                .doesNotContain("c2V", OLD.substring(4));
    }

    @Test
    void showsNoKeyInItsText() {
        Settings settings = Settings.of(DEFINITION, Map.of(SecretBox.KEYS, OLD));

        assertThat(SecretBox.from(settings).orElseThrow()).hasToString("SecretBox[old]");
        assertThat(settings.values().toString()).doesNotContain(OLD.substring(4));
    }

    private static SecretBox box(String keys) {
        return SecretBox.from(Settings.of(DEFINITION, Map.of(SecretBox.KEYS, keys)))
                .orElseThrow();
    }

    private static String key(String id, int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return id + ":" + Base64.getEncoder().encodeToString(bytes);
    }
}
