package io.tidewatch.standalone.command;

import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.ServerPorts;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** What the commands that start servers on this machine have in common. */
final class LocalOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description =
                    "Directory that keeps everything: data of the servers, state and logs (default: ${DEFAULT-VALUE}).")
    private Path data = Path.of("data");

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "Moves every default port up by N (broker 9092, registry 8081, Cassandra 9042, and their internal"
                            + " ones).")
    private int portBase;

    @Option(names = "--fresh", description = "Begin with nothing: deletes what --data keeps.")
    private boolean fresh;

    @Option(names = "--verbose", description = "Shows what the parts log, which else goes into a file only.")
    private boolean verbose;

    /** Opens the data directory, emptied when that is wanted, and sends this process's log there. */
    DataDirectory open() {
        DataDirectory directory = DataDirectory.open(data);
        if (fresh) {
            directory.clear();
        }
        Logs.intoFile(directory.logs().resolve("tidewatch.log"), verbose);
        return directory;
    }

    ServerPorts serverPorts() {
        return ServerPorts.shiftedBy(portBase);
    }

    int portBase() {
        return portBase;
    }
}
