/** Real servers (Kafka broker, schema registry, Cassandra node) as child processes on this machine. For the command line, tests and benchmarks. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone.servers;
