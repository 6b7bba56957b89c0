package io.tidewatch.system.fuzz.calm;

import java.util.List;
import java.util.Optional;

/**
 * What the undisturbed tenant has to put up with: nothing. A pulse or two that are late may be the fault of the machine, which
 * does other things as well; the next one has to be in time.
 *
 * @param usualMs what a transition took before, in the middle
 */
public record Judgement(long usualMs) {
    /** What is no hiccup of the machine any more. */
    private static final long VERY_LATE_MS = 8_000;

    private static final int TOO_OFTEN = 3;

    /** From the pulses before anything was sent. */
    public static Judgement of(List<Pulse> undisturbed) {
        List<Long> took = undisturbed.stream().map(Pulse::transitionMs).sorted().toList();
        return new Judgement(took.get(took.size() / 2));
    }

    /** What is wrong with the pulses of a kind; empty when nothing is. */
    public Optional<String> objection(List<Pulse> pulses) {
        int lateInARow = 0;
        for (Pulse pulse : pulses) {
            lateInARow = isLate(pulse) ? lateInARow + 1 : 0;
            if (!pulse.faults().isEmpty()) {
                return Optional.of("the undisturbed tenant: " + pulse.faults());
            } else if (lateInARow == TOO_OFTEN || isVeryLate(pulse)) {
                return Optional.of("the undisturbed tenant was late " + TOO_OFTEN
                        + " times in a row, or by much: at last request " + pulse.requestMs() + " ms, transition "
                        + pulse.transitionMs() + " ms, usually " + usualMs);
            }
        }
        return Optional.empty();
    }

    public long late(List<Pulse> pulses) {
        return pulses.stream().filter(this::isLate).count();
    }

    private boolean isVeryLate(Pulse pulse) {
        return pulse.requestMs() > VERY_LATE_MS || pulse.transitionMs() > usualMs + VERY_LATE_MS;
    }

    public boolean isLate(Pulse pulse) {
        return pulse.requestMs() > Judge.LATE_MS || pulse.transitionMs() > usualMs + Judge.LATE_MS;
    }
}
