package outside;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Prints every record of a topic from its beginning. Arguments: BROKERS REGISTRY TOPIC. */
public final class OutsideConsumer {
    private static final int HEADER_BYTES = 5;

    private final String registry;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<Integer, Schema> schemas = new HashMap<>();

    public OutsideConsumer(String registry) {
        this.registry = registry;
    }

    public static void main(String[] args) throws IOException {
        OutsideConsumer decoder = new OutsideConsumer(args[1]);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                args[0],
                "group.id",
                "outside-consumer-of-" + args[2],
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(args[2]));
            while (true) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    System.out.println(record.key() + " " + decoder.decode(record.value()));
                }
            }
        }
    }

    /** A record's value: a zero byte, the id of the schema that it was written with, Avro's binary form. */
    public GenericRecord decode(byte[] value) throws IOException {
        Schema schema = schemas.computeIfAbsent(ByteBuffer.wrap(value).getInt(1), this::schema);
        var decoder = DecoderFactory.get().binaryDecoder(value, HEADER_BYTES, value.length - HEADER_BYTES, null);
        return new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    }

    private Schema schema(int id) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id))
                .build();
        try {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            return new Schema.Parser()
                    .parse(new ObjectMapper()
                            .readTree(answer)
                            .required("schema")
                            .asText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
