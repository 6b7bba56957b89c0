package io.tidewatch.system.architecture.offenders.poller;

import com.datastax.oss.driver.api.core.CqlSession;
import com.espertech.esper.runtime.client.EPRuntime;
import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import org.apache.kafka.streams.KafkaStreams;
import org.assertj.core.api.Assert;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDB;
import picocli.CommandLine;

/** Stands for a class that uses what its package should not know. */
public interface KnowsEveryLibrary {
    CqlSession session();

    EPRuntime runtime();

    SchemaRegistryClient registry();

    KafkaStreams streams();

    RocksDB database();

    CommandLine commandLine();

    Assert<?, ?> assertion();

    Test test();
}
