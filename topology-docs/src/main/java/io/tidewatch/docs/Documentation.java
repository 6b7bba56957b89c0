package io.tidewatch.docs;

import io.tidewatch.channels.ChannelTypes;
import io.tidewatch.checks.CheckTypes;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** All generated pages, and the picture that a page written by hand shows. */
final class Documentation {
    /** What regenerates the pages, from the project's root. */
    static final String COMMAND = "./mvnw -pl topology-docs -am test -Dtest=DocumentationIsCurrentTest"
            + " -Dtopology-docs.write=true -Dsurefire.failIfNoSpecifiedTests=false";

    /** The first lines below every page's title. */
    static final String GENERATED = "Generated from the code; a test fails when it is stale. To write it anew:\n\n```\n"
            + COMMAND.replace(" -am test", " -am test \\\n   ") + "\n```\n";

    private static final Pattern PICTURE = Pattern.compile("```mermaid\\n.*?\\n```\\n", Pattern.DOTALL);

    private Documentation() {}

    /** The text of each page by file name. */
    static Map<String, String> pages() {
        Map<String, String> pages = new TreeMap<>();
        pages.put("topology.md", topologyPage().markdown());
        pages.put("topics.md", new TopicsPage().markdown());
        pages.put("check-types.md", new CheckTypesPage(CheckTypes.ALL.list()).markdown());
        pages.put("notification-types.md", new NotificationTypesPage(ChannelTypes.ALL.list()).markdown());
        pages.put("settings.md", new SettingsPage(Pipeline.parts()).markdown());
        return pages;
    }

    /**
     * A page with the current picture of the pipeline.
     *
     * @param page Markdown whose only picture is that of the pipeline
     * @throws IllegalArgumentException when it has another number of pictures
     */
    static String withPipelinePicture(String page) {
        Matcher picture = PICTURE.matcher(page);
        if (picture.results().count() != 1) {
            throw new IllegalArgumentException("The page has to have one picture, that of the pipeline");
        }
        return picture.replaceFirst(Matcher.quoteReplacement(topologyPage().pipelinePicture()));
    }

    private static TopologyPage topologyPage() {
        return new TopologyPage(Pipeline.applications(), Pipeline.participants());
    }
}
