package io.tidewatch.standalone.local;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** What a person reads while things happen: lines that begin with the seconds since the start. Thread-safe. */
public final class Console {
    private final PrintStream out;
    private final LongSupplier nanoClock;
    private final long startNanos;

    public Console(PrintStream out, LongSupplier nanoClock) {
        this.out = out;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
    }

    /** A line about something that has just happened. */
    public void event(String format, Object... arguments) {
        double seconds = (nanoClock.getAsLong() - startNanos) / 1e9;
        print(String.format(Locale.ROOT, "%6.1f s  ", seconds) + String.format(Locale.ROOT, format, arguments));
    }

    /** A line without a time. */
    public void line(String format, Object... arguments) {
        print(String.format(Locale.ROOT, format, arguments));
    }

    private void print(String text) {
        out.println(text);
        out.flush();
    }
}
