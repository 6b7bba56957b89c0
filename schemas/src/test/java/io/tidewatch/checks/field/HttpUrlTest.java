package io.tidewatch.checks.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUrlTest {
    @ParameterizedTest
    @CsvSource({
        "http://example.com, false, example.com, 80, /",
        "HTTPS://Example.COM/a?b=c, true, example.com, 443, /a?b=c",
        "http://example.com:8080?x, false, example.com, 8080, /?x",
        "https://[2001:db8::1]:8443/, true, 2001:db8::1, 8443, /",
        "http://my_host.local/x#fragment, false, my_host.local, 80, /x",
        "http://bücher.example/ä b|c, false, xn--bcher-kva.example, 80, /%C3%A4%20b%7Cc",
    })
    void takesAUrlApart(String text, boolean secure, String host, int port, String path) {
        assertThat(HttpUrl.parse(text)).isEqualTo(new HttpUrl(secure, host, port, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://example.com/",
                "example.com",
                "http://",
                "http:///path",
                "http://user:secret@example.com/",
                "http://example.com:0/",
                "http://example.com:65536/",
                "http://[::1/",
                "http://[1.2.3.4]/",
                "http://exa%6dple.com/",
                "http://example.com/\r\nX-Injected: 1",
                "javascript:alert(1)",
            })
    void refusesWhatIsNoPlainHttpUrl(String text) {
        assertThatThrownBy(() -> HttpUrl.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/c, http://example.com:8080/c",
        "c, http://example.com:8080/a/c",
        "?y=2, http://example.com:8080/a/b?y=2",
        "//other.example/x, http://other.example/x",
        "https://other.example, https://other.example/",
        "/with blank, http://example.com:8080/with%20blank",
    })
    void resolvesALocation(String location, String expected) {
        HttpUrl url = HttpUrl.parse("http://example.com:8080/a/b?x=1");

        assertThat(url.resolve(location)).hasToString(expected);
    }

    @Test
    void anOriginIsSchemeHostAndPort() {
        HttpUrl url = HttpUrl.parse("https://example.com/a");

        assertThat(url.sameOrigin(HttpUrl.parse("https://EXAMPLE.com:443/b"))).isTrue();
        assertThat(url.sameOrigin(HttpUrl.parse("http://example.com:443/a"))).isFalse();
        assertThat(url.sameOrigin(HttpUrl.parse("https://example.com:444/a"))).isFalse();
        assertThat(url.sameOrigin(HttpUrl.parse("https://www.example.com/a"))).isFalse();
    }
}
