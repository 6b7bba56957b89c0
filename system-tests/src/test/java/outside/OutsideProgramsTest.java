package outside;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What strangers write we can read, and what we write strangers can read. */
final class OutsideProgramsTest {
    private static final int SCHEMA_ID = 258;
    private static final String TOPIC = "tidewatch.check-results";

    private final AvroSerde<CheckResult> ours = new AvroSerde<>(new OneSchema(), CheckResult.class);
    private HttpServer registry;

    @BeforeEach
    void serveOneSchema() throws IOException {
        byte[] answer = new ObjectMapper()
                .writeValueAsString(Map.of("id", SCHEMA_ID, "schema", CheckResult.SCHEMA$.toString()))
                .getBytes(StandardCharsets.UTF_8);
        registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        for (String path :
                new String[] {"/schemas/ids/" + SCHEMA_ID, "/subjects/" + TOPIC + "-value/versions/latest"}) {
            registry.createContext(path, exchange -> {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
        }
        registry.start();
    }

    @AfterEach
    void stop() {
        registry.stop(0);
    }

    @Test
    void theOutsideConsumerReadsWhatWeWrite() throws IOException {
        CheckResult written = CheckResult.newBuilder()
                .setResultId("r1")
                .setTenantId("t1")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setCheckType("remote.http")
                .setCollectorId("c1")
                .setTimestamp(Instant.ofEpochMilli(1_000))
                .setAvailable(true)
                .setStatus("fine")
                .setMetrics(Map.of("duration", new Metric(12L, "milliseconds")))
                .build();

        GenericRecord read = new OutsideConsumer(url()).decode(ours.serializer().serialize(TOPIC, written));

        assertThat(read.get("check_id")).isEqualTo("ch1");
        assertThat(read.get("timestamp")).isEqualTo(1_000L);
        assertThat(read.get("metrics")).hasToString("{duration={\"value\": 12, \"unit\": \"milliseconds\"}}");
    }

    @Test
    void weReadWhatTheOutsideProducerWrites() throws Exception {
        OutsideProducer producer = new OutsideProducer(url(), TOPIC);

        byte[] value = producer.encode(producer.result("t1", "en1", "ch1", "queue_length", 7.5));

        CheckResult read = ours.deserializer().deserialize(TOPIC, value);
        assertThat(read.getEntityId()).isEqualTo("en1");
        assertThat(read.getZoneId()).isNull();
        assertThat(read.getMetrics()).containsEntry("queue_length", new Metric(7.5, null));
    }

    private String url() {
        return "http://localhost:" + registry.getAddress().getPort();
    }

    /** A registry that knows the schema of check results. */
    private static final class OneSchema implements SchemaRegistry {
        @Override
        public int register(String subject, Schema schema) {
            return SCHEMA_ID;
        }

        @Override
        public Schema schema(int id) {
            return CheckResult.SCHEMA$;
        }
    }
}
