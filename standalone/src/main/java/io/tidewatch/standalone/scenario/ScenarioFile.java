package io.tidewatch.standalone.scenario;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** The text format of scenarios: YAML, a document each. */
public final class ScenarioFile {
    private static final String EXTENSION = ".yaml";

    private ScenarioFile() {}

    /** What one document turned out to be. */
    public sealed interface Document permits Scenario, Refusal {}

    /**
     * The documents of a file, or of all files named {@code *.yaml} below a folder, in the order of their names. What can't
     * be read is a {@link Refusal} among them.
     */
    public static List<Document> read(Path path) {
        if (!Files.isDirectory(path)) {
            return readFile(path);
        }
        try (Stream<Path> below = Files.walk(path)) {
            List<Path> files = below.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(EXTENSION))
                    .sorted()
                    .toList();
            return files.isEmpty()
                    ? List.of(new Refusal(path.toString(), "there is no file *" + EXTENSION + " in this folder"))
                    : files.stream().flatMap(file -> readFile(file).stream()).toList();
        } catch (IOException e) {
            return List.of(unreadable(path, e));
        }
    }

    /**
     * The documents of a text, in its order. One that is no scenario does not hinder those after it, unless it is no YAML
     * either.
     *
     * @param file what to call it in messages
     */
    public static List<Document> parse(String file, String text) {
        List<Document> documents = new ArrayList<>();
        try {
            Composer composer = composer(text);
            while (composer.checkNode()) {
                Node document = composer.getNode();
                if (!Scalars.isNothing(document)) {
                    documents.add(document(file, document));
                }
            }
        } catch (MarkedYAMLException e) {
            documents.add(new ScenarioException(e.getProblemMark(), "no YAML: " + e.getProblem()).in(file));
        } catch (YAMLException e) {
            documents.add(new Refusal(file, "no YAML: " + e.getMessage()));
        }
        return documents.isEmpty() ? List.of(new Refusal(file, "there is no scenario in it")) : documents;
    }

    private static List<Document> readFile(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            return List.of(unreadable(file, e));
        }
    }

    private static Refusal unreadable(Path path, IOException reason) {
        return new Refusal(path.toString(), "can't be read: " + reason);
    }

    private static Document document(String file, Node document) {
        try {
            return ScenarioReader.read(file, document);
        } catch (ScenarioException e) {
            return e.in(file);
        }
    }

    private static Composer composer(String text) {
        LoaderOptions options = new LoaderOptions();
        // Its default guards a server against strangers; here, whoever runs the command chose the file.
        options.setCodePointLimit(Integer.MAX_VALUE);
        return new Composer(
                new ParserImpl(new StreamReader(new StringReader(text)), options), new CoreSchema(), options);
    }
}
