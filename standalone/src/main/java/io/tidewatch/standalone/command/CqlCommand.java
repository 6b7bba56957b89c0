package io.tidewatch.standalone.command;

import com.datastax.oss.driver.api.core.AllNodesFailedException;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.ColumnDefinition;
import com.datastax.oss.driver.api.core.cql.ColumnDefinitions;
import com.datastax.oss.driver.api.core.cql.ResultSet;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.ServerPorts;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "cql",
        description = {
            "Runs one CQL statement on the Cassandra of a local 'up' and prints the rows.",
            "Example: tidewatch cql 'SELECT * FROM tidewatch.results LIMIT 5'"
        })
final class CqlCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(paramLabel = "STATEMENT", description = "The statement; tables with their keyspace: tidewatch.results.")
    private String statement = "";

    @Option(
            names = "--port-base",
            paramLabel = "N",
            defaultValue = "0",
            description = "As given to the 'up' or 'infra' that is meant.")
    private int portBase;

    CqlCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Logs.nowhere();
        int port = ServerPorts.shiftedBy(portBase).cassandra();
        try (CqlSession session = EmbeddedCassandra.session(port)) {
            print(session.execute(statement));
            return 0;
        } catch (AllNodesFailedException e) {
            throw new IllegalStateException("No Cassandra answers on port " + port + ": " + e.getMessage(), e);
        } catch (DriverException e) {
            throw new IllegalStateException("Cassandra refused: " + e.getMessage(), e);
        }
    }

    private void print(ResultSet rows) {
        ColumnDefinitions columns = rows.getColumnDefinitions();
        if (columns.size() == 0) {
            out.println("done");
            return;
        }
        Table table = new Table(StreamSupport.stream(columns.spliterator(), false)
                .map(ColumnDefinition::getName)
                .map(name -> name.asCql(true))
                .toList());
        int count = 0;
        for (Row row : rows) {
            table.add(IntStream.range(0, columns.size())
                    .mapToObj(column -> String.valueOf(row.getObject(column)))
                    .toList());
            count++;
        }
        table.lines().forEach(out::println);
        out.println(count == 1 ? "1 row" : count + " rows");
    }
}
