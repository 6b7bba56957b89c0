package outside;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes a result of an agent's check. Arguments: BROKERS REGISTRY TOPIC TENANT ENTITY CHECK METRIC VALUE. */
public final class OutsideProducer {
    private final int schemaId;
    private final Schema schema;

    /** Asks the registry which schema the topic's values have. */
    public OutsideProducer(String registry, String topic) throws IOException, InterruptedException {
        URI latest = URI.create(registry + "/subjects/" + topic + "-value/versions/latest");
        HttpRequest request = HttpRequest.newBuilder(latest).build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        JsonNode version = new ObjectMapper().readTree(answer);
        schemaId = version.required("id").asInt();
        schema = new Schema.Parser().parse(version.required("schema").asText());
    }

    public static void main(String[] args) throws Exception {
        OutsideProducer encoder = new OutsideProducer(args[1], args[2]);
        GenericRecord result = encoder.result(args[3], args[4], args[5], args[6], Double.parseDouble(args[7]));
        String key = String.join("/", args[3], args[4], args[5]);
        Map<String, Object> settings = Map.of("bootstrap.servers", args[0], "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(args[2], key, encoder.encode(result)))
                    .get();
        }
    }

    /** A result as of now. Fields that are left out get the schema's defaults. */
    public GenericRecord result(String tenant, String entity, String check, String metric, double value) {
        Schema metricSchema = schema.getField("metrics").schema().getValueType();
        return new GenericRecordBuilder(schema)
                .set("result_id", UUID.randomUUID().toString())
                .set("tenant_id", tenant)
                .set("entity_id", entity)
                .set("check_id", check)
                .set("check_type", "agent.custom")
                .set("collector_id", "outside-producer")
                .set("timestamp", System.currentTimeMillis())
                .set("available", true)
                .set("status", metric + " is " + value)
                .set(
                        "metrics",
                        Map.of(
                                metric,
                                new GenericRecordBuilder(metricSchema)
                                        .set("value", value)
                                        .build()))
                .build();
    }

    /** A record's value: a zero byte, the schema's id, Avro's binary form. */
    public byte[] encode(GenericRecord record) throws IOException {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(0);
        value.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
        var encoder = EncoderFactory.get().directBinaryEncoder(value, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        return value.toByteArray();
    }
}
