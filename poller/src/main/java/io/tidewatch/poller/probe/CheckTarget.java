package io.tidewatch.poller.probe;

import io.tidewatch.poller.target.AddressChoice;
import io.tidewatch.poller.target.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where a check is to be carried out, as its owner said: a host, or only how to choose among a host's addresses. Immutable. */
public final class CheckTarget {
    private final @Nullable Target given;
    private final AddressChoice choice;

    private CheckTarget(@Nullable Target given, AddressChoice choice) {
        this.given = given;
        this.choice = choice;
    }

    public static CheckTarget of(Target target) {
        return new CheckTarget(target, target.choice());
    }

    /** No host: a type of check that needs one can't be run. */
    public static CheckTarget unknown(AddressChoice choice) {
        return new CheckTarget(null, choice);
    }

    public Optional<Target> given() {
        return Optional.ofNullable(given);
    }

    /**
     * @throws InvalidCheckException when no target is given
     */
    public Target required() {
        if (given == null) {
            throw new InvalidCheckException("neither target_alias nor target_hostname is given");
        }
        return given;
    }

    /** Which addresses any host of this check may have. */
    public AddressChoice choice() {
        return choice;
    }
}
