package io.tidewatch.docs;

import java.util.Map;
import java.util.TreeMap;

/** All generated pages. */
final class Documentation {
    /** What regenerates the pages, from the project's root. */
    static final String COMMAND = "./mvnw -pl topology-docs -am test -Dtest=DocumentationIsCurrentTest"
            + " -Dtopology-docs.write=true -Dsurefire.failIfNoSpecifiedTests=false";

    /** The first lines below every page's title. */
    static final String GENERATED = "Generated from the code; a test fails when it is stale. To write it anew:\n\n```\n"
            + COMMAND.replace(" -am test", " -am test \\\n   ") + "\n```\n";

    private Documentation() {}

    /** The text of each page by file name. */
    static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        pages.put("topology.md", new TopologyPage(Pipeline.applications(), Pipeline.participants()).markdown());
        pages.put("topics.md", new TopicsPage().markdown());
        pages.put("settings.md", new SettingsPage(Pipeline.parts()).markdown());
        return pages;
    }
}
