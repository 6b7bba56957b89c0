package io.tidewatch.runtime.application;

/**
 * What a node of a topology changes outside Kafka. A {@code Topology} can't know it, so each topology class lists its own
 * beside the graph; the generated documentation draws them, and refuses a node that leads nowhere and declares nothing.
 *
 * @param node the node's name in the topology
 * @param system what it changes, such as {@code Cassandra}
 * @param effect what it does there, as a verb phrase for people
 */
public record ExternalEffect(String node, String system, String effect) {}
