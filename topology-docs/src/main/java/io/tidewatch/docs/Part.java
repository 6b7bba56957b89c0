package io.tidewatch.docs;

import org.apache.kafka.common.config.ConfigDef;

/** A program of ours with settings to be documented: its module's name, and its keys. */
record Part(String name, ConfigDef settings) {}
