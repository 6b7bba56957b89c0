package io.tidewatch.system.fuzz;

import java.util.List;

/** What is sent to the API. A new kind is a line here. */
final class RequestKinds {
    private RequestKinds() {}

    static List<Kind> all() {
        return List.of(
                new Kind.OfRequests("good-requests", Bodies::good),
                new Kind.OfRequests("fields", Bodies::fields),
                new Kind.OfRequests("types", Bodies::types),
                new Kind.OfRequests("numbers", Bodies::numbers),
                new Kind.OfRequests("texts", Bodies::texts),
                new Kind.OfRequests("lone-surrogates", Bodies::surrogates),
                new Kind.OfRequests("depths", Bodies::depths),
                new Kind.OfRequests("encodings", Bodies::encodings),
                new Kind.OfRequests("gzip", Bodies::zipped),
                new Kind.OfRequests("syntax", Bodies::syntax),
                new Kind.OfRequests("sizes", Bodies::sizes),
                new Kind.OfRequests("names", Bodies::names),
                new Kind.OfRequests("paths", Urls::paths),
                new Kind.OfRequests("queries", Urls::queries),
                new Kind.OfRequests("ranges", Urls::ranges),
                new Kind.OfRequests("methods", Urls::methods),
                new Kind.OfRequests("headers", Protocol::headers),
                new Kind.OfRequests("framing", Protocol::framing),
                new Kind.OfRequests("pipelines", Protocol::pipelines),
                new Kind.OfRequests("versions", Protocol::versions),
                new Kind.OfRequests("half-requests", Protocol::halves),
                new Kind.OfScenes("method-overrides", Scenes::overrides),
                new Kind.OfScenes("concurrent-changes", Scenes::concurrentChanges),
                new Kind.OfScenes("large-configuration", Scenes::largeConfiguration),
                new Kind.OfScenes("far-readers", Scenes::farReaders),
                new Kind.OfScenes("slow-clients", Scenes::slowClients),
                new Kind.OfScenes("silent-clients", Scenes::silentClients),
                new Kind.OfScenes("many-alarms", Scenes::manyAlarms),
                new Kind.OfScenes("plain-alarms", Scenes::plainAlarms),
                new Kind.OfScenes("new-shapes", Scenes::newShapes),
                new Kind.OfScenes("costly-alarms", Scenes::costlyAlarms),
                new Kind.OfRequests("criteria", Bodies::criteria),
                new Kind.OfRequests("patterns-of-details", Bodies::patternsOfDetails));
    }
}
