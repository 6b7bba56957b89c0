package io.tidewatch.checks.field;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An absolute http or https URL, parsed once, so that the host that is judged is the host that is connected to.
 *
 * @param host a name in its ASCII form, or an address without brackets
 * @param path path and query, as the request line has them
 */
public record HttpUrl(boolean secure, String host, int port, String path) {
    /** Source: the check types of Rackspace Cloud Monitoring. */
    public static final int MAX_CHARS = 8096;

    private static final Pattern AUTHORITY =
            Pattern.compile("(?:\\[(?<address>[0-9A-Fa-f:.]+)]|(?<name>[^\\s:/?#@\\[\\]%]+))(?::(?<port>[0-9]{1,5}))?");
    private static final String NOT_IN_A_URL = "\"<>\\^`{|}";

    /**
     * @throws IllegalArgumentException saying what is wrong, to follow "url"
     */
    public static HttpUrl parse(String text) {
        return of(uri(text));
    }

    /**
     * The URL that a Location header of its response means.
     *
     * @throws IllegalArgumentException saying what is wrong, to follow "url"
     */
    public HttpUrl resolve(String location) {
        // URI resolves a mere query as RFC 2396 did: without the last part of the path.
        String reference = location.startsWith("?") ? path.replaceFirst("\\?.*", "") + location : location;
        return of(uri(toString()).resolve(uri(reference)));
    }

    /** Whether credentials for this URL may go to the other. */
    public boolean sameOrigin(HttpUrl other) {
        return secure == other.secure && port == other.port && host.equalsIgnoreCase(other.host);
    }

    /** The value of the Host header. */
    public String authority() {
        String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == defaultPort(secure) ? bracketed : bracketed + ":" + port;
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority() + path;
    }

    private static HttpUrl of(URI uri) {
        boolean secure = "https".equals(lower(uri.getScheme()));
        if (!secure && !"http".equals(lower(uri.getScheme()))) {
            throw new IllegalArgumentException("is not an http or https URL");
        }
        Matcher authority = AUTHORITY.matcher(uri.getRawAuthority() == null ? "" : uri.getRawAuthority());
        if (!authority.matches()) {
            throw new IllegalArgumentException("has no plain host and port, without user and password");
        }
        return new HttpUrl(secure, host(authority), port(authority, secure), pathAndQuery(uri));
    }

    private static String host(Matcher authority) {
        String address = authority.group("address");
        if (address == null) {
            return lower(IDN.toASCII(authority.group("name")));
        }
        requireIpv6(address);
        return address;
    }

    /** Of an address in brackets, the JDK asks no name server. */
    private static void requireIpv6(String address) {
        try {
            InetAddress unused = InetAddress.getByName("[" + address + "]");
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("has no IPv6 address in its brackets", e);
        }
    }

    private static int port(Matcher authority, boolean secure) {
        String digits = authority.group("port");
        int port = digits == null ? defaultPort(secure) : Integer.parseInt(digits);
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("has port " + port + ", which does not exist");
        }
        return port;
    }

    private static String pathAndQuery(URI uri) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return ascii(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    }

    private static int defaultPort(boolean secure) {
        return secure ? 443 : 80;
    }

    private static URI uri(String text) {
        if (text.codePointCount(0, text.length()) > MAX_CHARS) {
            throw new IllegalArgumentException("has more than " + MAX_CHARS + " characters");
        }
        try {
            return new URI(escaped(text.strip().replace(" ", "%20")));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not a URL: " + e.getReason(), e);
        }
    }

    /**
     * Percent-encodes characters that no URL has, but that browsers accept and servers send in Location. Control characters
     * stay, so that a URL with them is refused.
     */
    private static String escaped(String text) {
        return encode(text, character -> NOT_IN_A_URL.indexOf(character) >= 0);
    }

    /** A path or query as it may stand in a request line. */
    private static String ascii(String text) {
        return encode(text, character -> character > 126);
    }

    private static String encode(String text, IntPredicate wanted) {
        StringBuilder encoded = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            String plain = Character.toString(character);
            encoded.append(wanted.test(character) ? URLEncoder.encode(plain, StandardCharsets.UTF_8) : plain);
        });
        return encoded.toString();
    }

    private static String lower(@Nullable String text) {
        return text == null ? "" : text.toLowerCase(Locale.ROOT);
    }
}
