package io.tidewatch.gateway.resource;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Tells addresses and host names from other text, without asking the network. */
final class Hosts {
    private static final Pattern IPV4 = Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern LABELS = Pattern.compile("([A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?\\.)*"
            + "(?!\\d+\\.?$)[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9_])?\\.?");
    private static final int MAX_NAME_CHARS = 253;

    private Hosts() {}

    /** Whether the text is an IPv4 address in four decimal parts, or an IPv6 address without a zone. */
    static boolean isAddress(String text) {
        return IPV4.matcher(text).matches() || isIpv6(text);
    }

    /**
     * Whether the text is a host name or an address. A name's last label has a letter: otherwise it would be a misspelled
     * address. Underscores are let through, since names with them resolve.
     */
    static boolean isHost(String text) {
        return isAddress(text)
                || (text.length() <= MAX_NAME_CHARS && LABELS.matcher(text).matches());
    }

    /** The JDK never looks up a text with a colon in it: it is a literal or an error. */
    private static boolean isIpv6(String text) {
        if (!IPV6_CHARACTERS.matcher(text).matches()) {
            return false;
        }
        try {
            InetAddress.getByName(text);
            return true;
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
