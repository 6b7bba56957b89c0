/** Tests of one thing each on real servers, and the servers that tests share. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.servers;
