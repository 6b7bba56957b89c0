/**
 * What stands between the sockets and the API's routes: how many connections there may be, how slow they may be, and whose turn it
 * is, so that no client and no tenant keeps the server's threads or its memory from the others. For the gateway's wiring.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.server;
