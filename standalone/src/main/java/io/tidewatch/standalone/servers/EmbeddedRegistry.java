package io.tidewatch.standalone.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Apicurio Registry, which answers Confluent's API. It keeps its schemas in an H2 file, so that an id that stands in a
 * record means the same schema after a restart. A schema that older records can't be read with is refused.
 */
public final class EmbeddedRegistry extends EmbeddedServer {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

    private final Path directory;
    private final int port;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    public EmbeddedRegistry(DataDirectory data, ServerPorts ports) {
        super("registry", data.logs(), List.of(ports.registry()));
        this.directory = data.registry();
        this.port = ports.registry();
    }

    /** The root of Confluent's API. */
    @Override
    public String address() {
        return "http://127.0.0.1:" + port + "/apis/ccompat/v7";
    }

    @Override
    void prepare() {
        // H2 makes its own files, and the directory they are in.
    }

    @Override
    JavaCommand command() {
        Path jar = BuiltServers.registryJar();
        return new JavaCommand(
                BuiltServers.withLifeline(jar.toString()),
                List.of(
                        "-Xms64m",
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.http.access-log.enabled=false",
                        "-Dapicurio.storage.kind=sql",
                        "-Dapicurio.storage.sql.kind=h2",
                        // On disk before the client is told the id: a record with an id that a crash took away is lost.
                        "-Dapicurio.datasource.url=jdbc:h2:file:" + directory.resolve("schemas") + ";WRITE_DELAY=0",
                        "-Dapicurio.datasource.jdbc.initial-size=1",
                        "-Dapicurio.datasource.jdbc.min-size=1",
                        "-Dapicurio.datasource.jdbc.max-size=8",
                        "-Dapicurio.rules.global.compatibility=BACKWARD_TRANSITIVE"),
                BuiltServers.mainClass(jar),
                List.of());
    }

    @Override
    boolean answers() {
        HttpRequest subjects = HttpRequest.newBuilder(URI.create(address() + "/subjects"))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            return http.send(subjects, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
