/** Programs of strangers: they use Kafka's client, Avro and HTTP, and nothing of ours. Shown in the README. */
@org.jspecify.annotations.NullMarked
package outside;
