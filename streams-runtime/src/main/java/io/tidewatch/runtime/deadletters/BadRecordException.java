package io.tidewatch.runtime.deadletters;

/**
 * A processor's verdict that its record can never be processed, however often it is tried. Thrown from {@code process};
 * {@link DeadLetters} puts the record aside with the message as its reason, and the partition goes on.
 */
public final class BadRecordException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param reason a sentence for the producer of the record: what is wrong with it
     */
    public BadRecordException(String reason) {
        // A bad record is expected; where it was found out is in the reason, and a flood of them must stay cheap.
        super(reason, null, false, false);
    }
}
