package io.tidewatch.runtime.quarantine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * How often in a row a record has made its task fail, and how the last time.
 *
 * @param offset of the record in its partition
 * @param timestampMs of the record, so that another one under its offset, in a topic made anew, is not taken for it
 * @param stage the node of the topology that it was in
 * @param count how often
 * @param what happened, as a sentence without a subject
 */
record Failure(long offset, long timestampMs, String stage, int count, String what) {
    /** Once may be bad luck of the machine's, twice in a row is the record. */
    static final int MOST = 2;

    /** A committed offset's metadata may have 4096 bytes. Source: Kafka's {@code offset.metadata.max.bytes}. */
    private static final int MAX_TEXT_LENGTH = 1000;

    private static final Pattern TEXT =
            Pattern.compile("count=(\\d+) timestamp=(-?\\d+) stage=(\\S+) what=(.*)", Pattern.DOTALL);

    Failure {
        what = what.length() > MAX_TEXT_LENGTH ? what.substring(0, MAX_TEXT_LENGTH) : what;
    }

    /** As a committed offset, for people to read as well. */
    OffsetAndMetadata toOffset() {
        return new OffsetAndMetadata(
                offset, "count=" + count + " timestamp=" + timestampMs + " stage=" + stage + " what=" + what);
    }

    /** Empty when somebody else has committed it. */
    static Optional<Failure> of(OffsetAndMetadata offset) {
        Matcher text = TEXT.matcher(offset.metadata());
        return text.matches()
                ? Optional.of(new Failure(
                        offset.offset(),
                        Long.parseLong(text.group(2)),
                        text.group(3),
                        Integer.parseInt(text.group(1)),
                        text.group(4)))
                : Optional.empty();
    }

    boolean isOf(long recordOffset, long recordTimestampMs) {
        return offset == recordOffset && timestampMs == recordTimestampMs;
    }
}
