package io.tidewatch.system.servers;

import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A process to be killed: starts servers in the directory that is its argument, says so, and waits. */
final class StartServersMain {
    private StartServersMain() {}

    public static void main(String[] args) throws InterruptedException {
        EmbeddedServers servers = new EmbeddedServers(DataDirectory.open(Path.of(args[0])), ServerPorts.free());
        System.out.println("starting");
        servers.start(server -> {});
        System.out.println("ready");
        new CountDownLatch(1).await();
    }
}
