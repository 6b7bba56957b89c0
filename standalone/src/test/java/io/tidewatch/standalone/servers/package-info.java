/** Tests of the embedded servers, and the servers that all tests share. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone.servers;
