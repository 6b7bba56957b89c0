package io.tidewatch.checks.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.checks.field.InvalidDetailsException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteTcpTest {
    @Test
    void storesNumbersThatCameAsTextsAsNumbers() {
        assertThat(RemoteTcp.TYPE.stored(Map.of("port", "0080", "ssl", "true")))
                .isEqualTo(Map.of("port", 80L, "ssl", true));
        assertThat(RemoteTcp.TYPE.stored(Map.of("port", 65_535L))).isEqualTo(Map.of("port", 65_535L));
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatIsNoPort(Object port, String message) {
        Map<String, Object> details = new HashMap<>();
        details.put("port", port);

        assertThatThrownBy(() -> RemoteTcp.TYPE.stored(details))
                .isInstanceOf(InvalidDetailsException.class)
                .hasMessage("details.port " + message);
    }

    static Stream<Arguments> refusesWhatIsNoPort() {
        String required = "is required, and has to be an integer from 1 to 65535";
        String integer = "has to be an integer from 1 to 65535";
        return Stream.of(
                Arguments.of(null, required),
                Arguments.of("", required),
                Arguments.of(0L, "is 0, but has to be from 1 to 65535"),
                Arguments.of(65_536L, "is 65536, but has to be from 1 to 65535"),
                Arguments.of("65536", "is 65536, but has to be from 1 to 65535"),
                Arguments.of(80.5, integer),
                Arguments.of("80.5", integer),
                Arguments.of("8o", integer),
                Arguments.of(true, integer),
                Arguments.of("9".repeat(30), integer));
    }
}
