package io.tidewatch.standalone.local;

import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.ServerPorts;
import java.util.List;

/**
 * What is to run on this machine, and where.
 *
 * @param data keeps everything
 * @param servers where the servers listen
 * @param gatewayPort where the API listens
 * @param zones the monitoring zones, each with a poller of its own
 * @param minPeriodSeconds the shortest period, in seconds, that the API lets a check have
 */
public record LocalPlan(
        DataDirectory data, ServerPorts servers, int gatewayPort, List<String> zones, int minPeriodSeconds) {
    public LocalPlan {
        zones = List.copyOf(zones);
    }
}
