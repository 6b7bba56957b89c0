package io.tidewatch.runtime.quarantine;

/**
 * Thrown in place of a record's processing that has made the task fail before. {@link
 * io.tidewatch.runtime.deadletters.DeadLetters} puts the record aside.
 */
public final class RecordGivenUpException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RecordGivenUpException(Failure failure) {
        super(
                "The record made its task fail " + failure.count() + " times in a row, and is not processed: it "
                        + failure.what(),
                null,
                false,
                false);
    }
}
