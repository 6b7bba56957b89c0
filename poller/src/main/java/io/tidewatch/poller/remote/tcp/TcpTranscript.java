package io.tidewatch.poller.remote.tcp;

import io.tidewatch.checks.field.SearchPattern;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a target has said so far, and whether that is all a check wants to hear: the banner is the first line, the body is
 * what follows. Without a wish for a banner, all is body. Pure bookkeeping; one thread.
 */
final class TcpTranscript {
    /** How much of banner and body, each, is looked at. Source: the check types of Rackspace Cloud Monitoring. */
    static final int MAX_BYTES = 1024;

    private final Optional<SearchPattern> bannerMatch;
    private final Optional<SearchPattern> bodyMatch;
    private final ByteArrayOutputStream unsplit = new ByteArrayOutputStream();
    private Optional<String> banner = Optional.empty();

    TcpTranscript(TcpCheck check) {
        this.bannerMatch = check.bannerMatch();
        this.bodyMatch = check.bodyMatch();
    }

    /** Takes what has come; what is more than a check looks at is forgotten. */
    void add(byte[] bytes) {
        int room = 2 * MAX_BYTES - unsplit.size();
        unsplit.write(bytes, 0, Math.min(room, bytes.length));
        if (bannerMatch.isPresent() && banner.isEmpty()) {
            takeBanner(bannerMatch.get());
        }
    }

    /** Takes what has come so far for the banner, because no more will come. */
    void end() {
        if (bannerMatch.isPresent() && banner.isEmpty() && unsplit.size() > 0) {
            splitAt(Math.min(unsplit.size(), MAX_BYTES));
        }
    }

    /** Whether more could not change what is found. */
    boolean complete() {
        boolean bannerHeard = bannerMatch.isEmpty() || banner.isPresent();
        boolean bodyHeard = bodyMatch.isEmpty()
                || unsplit.size() >= MAX_BYTES
                || bodyMatch.get().isIn(body());
        return bannerHeard && bodyHeard;
    }

    /** The first line without its end; empty when there is none yet, or none is wanted. */
    Optional<String> banner() {
        return banner;
    }

    /** What was said after the banner. */
    String body() {
        String text = unsplit.toString(StandardCharsets.UTF_8);
        return text.length() > MAX_BYTES ? text.substring(0, MAX_BYTES) : text;
    }

    /** A protocol whose banner has no end of line is recognized by a match in what has come. */
    private void takeBanner(SearchPattern wanted) {
        String heard = unsplit.toString(StandardCharsets.ISO_8859_1);
        int lineEnd = heard.indexOf('\n');
        if (lineEnd >= 0 && lineEnd < MAX_BYTES) {
            splitAt(lineEnd + 1);
        } else if (heard.length() >= MAX_BYTES) {
            splitAt(MAX_BYTES);
        } else if (wanted.isIn(unsplit.toString(StandardCharsets.UTF_8))) {
            splitAt(heard.length());
        }
    }

    private void splitAt(int index) {
        byte[] heard = unsplit.toByteArray();
        banner = Optional.of(new String(heard, 0, index, StandardCharsets.UTF_8).stripTrailing());
        unsplit.reset();
        unsplit.write(heard, index, heard.length - index);
    }
}
