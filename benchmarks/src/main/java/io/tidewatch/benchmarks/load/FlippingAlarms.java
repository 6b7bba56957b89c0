package io.tidewatch.benchmarks.load;

/**
 * What is observed of many checks, one result after the other: the checks take turns, and with every turn of a check its
 * next zone observes. What is observed changes after so many turns, for another share of the checks each time, so that
 * transitions come as steadily as results.
 *
 * <p>A majority decides: the first zone that sees a change is alone with it, the second one's result is the transition.
 *
 * @param turnsAState after so many turns of a check what is observed changes; also, of so many results one decides
 */
record FlippingAlarms(int checks, int zones, int turnsAState) {
    FlippingAlarms {
        if (zones != 3) {
            throw new IllegalArgumentException("Of three zones two decide; no other number is supported: " + zones);
        }
    }

    int check(long result) {
        return (int) (result % checks);
    }

    int zone(long result) {
        return (int) (turn(result) % zones);
    }

    /** Whether this result shows the alarm's bad state. */
    boolean critical(long result) {
        return criticalAt(check(result), turn(result));
    }

    /** Whether the alarm's state changes with this result: from the one that nobody knew, or from the other one. */
    boolean decides(long result) {
        int check = check(result);
        long turn = turn(result);
        if (turn == 0 || criticalAt(check, turn - 1) != criticalAt(check, turn)) {
            return false;
        }
        return turn == 1 || criticalAt(check, turn - 2) != criticalAt(check, turn);
    }

    private long turn(long result) {
        return result / checks;
    }

    private boolean criticalAt(int check, long turn) {
        return (turn + check) / turnsAState % 2 == 1;
    }
}
