package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tidewatch.serde.ConfluentSchemaRegistry;
import io.tidewatch.serde.RegistryException;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
final class ConfluentSchemaRegistryIT {
    private static final int UNKNOWN_ID = 987_654_321;

    private final String subject = UUID.randomUUID() + "-value";
    private final Schema schema =
            SchemaBuilder.record("Thing").fields().requiredString("name").endRecord();
    private SchemaRegistry registry;
    private SchemaRegistry another;

    @BeforeEach
    void connect(EmbeddedServers servers) {
        registry = new ConfluentSchemaRegistry(servers.registry().address());
        another = new ConfluentSchemaRegistry(servers.registry().address());
    }

    @Test
    void whatOneClientRegistersAnotherLooksUp() {
        int id = registry.register(subject, schema);

        assertThat(another.schema(id)).isEqualTo(schema);
    }

    @Test
    void registeringAgainGivesTheSameId() {
        int id = registry.register(subject, schema);

        assertThat(another.register(subject, schema)).isEqualTo(id);
    }

    /** The second one asks through a door that is then closed. */
    @Test
    void whatAnotherLearnedItKnowsWhenTheRegistryIsAway(EmbeddedServers servers) throws IOException {
        int id = registry.register(subject, schema);
        HttpServer door = doorTo(URI.create(servers.registry().address()));
        another = new ConfluentSchemaRegistry(
                "http://127.0.0.1:" + door.getAddress().getPort()
                        + URI.create(servers.registry().address()).getPath());
        another.learn(subject::equals);
        door.stop(0);

        assertThat(another.schema(id)).isEqualTo(schema);
        assertThat(another.register(subject, schema)).isEqualTo(id);
        assertThatThrownBy(() -> another.register("other-" + subject, schema))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    @Test
    void theSameSchemaOfTwoSubjectsCanBeRead() {
        int first = registry.register(subject, schema);
        int second = registry.register("other-" + subject, schema);

        assertThat(another.schema(first)).isEqualTo(schema);
        assertThat(another.schema(second)).isEqualTo(schema);
    }

    @Test
    void anUnknownIdIsPermanentlyUnknown() {
        assertThatThrownBy(() -> registry.schema(UNKNOWN_ID))
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessageContaining("look up schema id " + UNKNOWN_ID);
    }

    @Test
    void aSchemaThatOlderRecordsCantBeReadWithIsRefused() {
        registry.register(subject, schema);
        Schema incompatible = SchemaBuilder.record("Thing")
                .fields()
                .requiredString("name")
                .requiredLong("size")
                .endRecord();

        assertThatThrownBy(() -> registry.register(subject, incompatible))
                .isExactlyInstanceOf(RegistryException.class)
                .hasMessageContaining("refused to register a schema for " + subject);
    }

    @Test
    void aSchemaWithAnotherOptionalFieldIsTaken() {
        int first = registry.register(subject, schema);
        Schema compatible = SchemaBuilder.record("Thing")
                .fields()
                .requiredString("name")
                .optionalLong("size")
                .endRecord();

        assertThat(registry.register(subject, compatible)).isNotEqualTo(first);
    }

    @Test
    void aRegistryThatIsAwayIsAwayForNow() {
        SchemaRegistry away =
                new ConfluentSchemaRegistry("http://127.0.0.1:" + Port.free(1).get(0));

        assertThatThrownBy(() -> away.schema(1)).isInstanceOf(RegistryUnavailableException.class);
        assertThatThrownBy(() -> away.register(subject, schema)).isInstanceOf(RegistryUnavailableException.class);
    }

    private static HttpServer doorTo(URI registry) throws IOException {
        HttpClient client = HttpClient.newHttpClient();
        HttpServer door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/", exchange -> {
            HttpRequest request = HttpRequest.newBuilder(registry.resolve(exchange.getRequestURI()))
                    .build();
            HttpResponse<byte[]> answer = client.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                    .join();
            answer.headers()
                    .firstValue("Content-Type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
            exchange.close();
        });
        door.start();
        return door;
    }
}
