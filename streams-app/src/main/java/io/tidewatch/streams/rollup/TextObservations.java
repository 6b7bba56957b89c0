package io.tidewatch.streams.rollup;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one metric in a window, by the offset of their results in milliseconds. All of them are kept, because a
 * late result can part two that are alike. Mutable; one thread at a time.
 */
final class TextObservations {
    /** A longer text is cut. It is for people to read, and one is kept for each result of a window. */
    static final int MAX_LENGTH = 1024;

    private final NavigableMap<Integer, String> texts = new TreeMap<>();

    /** Those of its different texts, each counted once. */
    private int chars;

    /** How often a text is another than the one before it, the first one included; nearly so while late ones come in. */
    private int changes;

    /**
     * Takes in a text, unless that is too much.
     *
     * @param room for how many characters of texts that are not there yet, and for how many further changes
     * @return false when it would take more than that; then nothing has changed
     */
    boolean add(int offsetMs, String text, Room room) {
        String cut = cut(text);
        Map.Entry<Integer, String> before = texts.lowerEntry(offsetMs);
        if (before == null || !before.getValue().equals(cut)) {
            int more = texts.containsValue(cut) ? 0 : cut.length();
            if (more > room.chars() || room.changes() < 1) {
                return false;
            }
            chars += more;
            changes++;
        }
        texts.put(offsetMs, cut);
        return true;
    }

    int chars() {
        return chars;
    }

    int changes() {
        return changes;
    }

    /** Oldest first. */
    SortedMap<Integer, String> byOffset() {
        return Collections.unmodifiableSortedMap(texts);
    }

    int firstOffsetMs() {
        return texts.firstKey();
    }

    int lastOffsetMs() {
        return texts.lastKey();
    }

    /** The text of the result with this offset, which has one. */
    String at(int offsetMs) {
        return Objects.requireNonNull(texts.get(offsetMs));
    }

    /**
     * Writes each text once, and then which results had it, as runs: what never changes costs a few bytes.
     *
     * @param offsetsMs those of all results of the window, in order
     */
    void write(StoreOutput out, Iterable<Integer> offsetsMs) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        texts.values().forEach(text -> numbers.putIfAbsent(text, numbers.size() + 1));
        out.writeWhole(numbers.size());
        numbers.keySet().forEach(out::writeText);
        int running = 0;
        int length = 0;
        for (int offsetMs : offsetsMs) {
            String text = texts.get(offsetMs);
            int number = text == null ? 0 : numbers.getOrDefault(text, 0);
            if (number != running && length > 0) {
                writeRun(out, length, running);
                length = 0;
            }
            running = number;
            length++;
        }
        writeRun(out, length, running);
    }

    /** Reads what {@link #write} wrote for the same offsets. */
    static TextObservations read(StoreInput in, Iterable<Integer> offsetsMs) {
        List<@Nullable String> dictionary = new ArrayList<>();
        dictionary.add(null);
        TextObservations read = new TextObservations();
        for (int remaining = in.readSmall(); remaining > 0; remaining--) {
            String text = in.readText();
            dictionary.add(text);
            read.chars += text.length();
        }
        int length = 0;
        int newest = 0;
        String text = null;
        for (int offsetMs : offsetsMs) {
            if (length == 0) {
                length = in.readSmall();
                int number = in.readSmall();
                text = dictionary.get(number);
                if (number != newest && number != 0) {
                    newest = number;
                    read.changes++;
                }
            }
            length--;
            if (text != null) {
                read.texts.put(offsetMs, text);
            }
        }
        return read;
    }

    /** What a window has left for texts: see {@link SeriesWindow#MAX_TEXT_CHARS} and {@link SeriesWindow#MAX_TEXT_CHANGES}. */
    record Room(int chars, int changes) {}

    private static void writeRun(StoreOutput out, int length, int number) {
        out.writeWhole(length);
        out.writeWhole(number);
    }

    /** Never between the two halves of a character. */
    private static String cut(String text) {
        if (text.length() <= MAX_LENGTH) {
            return text;
        }
        boolean between = Character.isHighSurrogate(text.charAt(MAX_LENGTH - 1));
        return text.substring(0, between ? MAX_LENGTH - 1 : MAX_LENGTH);
    }
}
