package io.tidewatch.system.fuzz;

import java.util.List;

/** What is published on {@code check-results}. A new kind is a line here. */
final class RecordKinds {
    private RecordKinds() {}

    static List<Kind> all(Results results) {
        return List.of(
                new Kind.OfRecords("good-results", results::good),
                new Kind.OfRecords("garbage", results::garbage),
                new Kind.OfRecords("schemas", results::schemas),
                new Kind.OfRecords("other-schemas", results::otherSchemas),
                new Kind.OfRecords("truncated-results", results::truncated),
                new Kind.OfRecords("flipped-results", results::flipped),
                new Kind.OfRecords("empty-records", results::empties),
                new Kind.OfRecords("times", results::times),
                new Kind.OfRecords("odd-numbers", results::numbers),
                new Kind.OfRecords("odd-texts", results::texts),
                new Kind.OfRecords("zones", results::zones),
                new Kind.OfRecords("strangers", results::strangers),
                new Kind.OfRecords("keys", results::keys),
                new Kind.OfRecords("record-headers", results::headers),
                new Kind.OfRecords("heavy-texts", results::heavyTexts),
                new Kind.OfRecords("record-sizes", results::sizes),
                new Kind.OfRecords("many-metrics", results::manyMetrics),
                new Kind.OfRecords("new-texts", results::newTexts),
                new Kind.OfRecords("new-names", results::newNames));
    }
}
