package io.tidewatch.checks.agent;

import static io.tidewatch.checks.agent.SimilarMetrics.decimals;
import static io.tidewatch.checks.agent.SimilarMetrics.integers;
import static io.tidewatch.checks.agent.SimilarMetrics.texts;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.Unit;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Declares the types that agents are known to report. A type whose metrics depend on what the agent runs has no known
 * metrics. Source: the agent check type reference of Rackspace Cloud Monitoring's manual.
 */
public final class AgentTypes {
    private static final Field<Optional<Integer>> TIMEOUT = Field.optional(
            "timeout", Form.integer(1, Integer.MAX_VALUE), "Milliseconds that the agent gives to one run.");

    private static final Field<Optional<String>> COMPUTER =
            Field.optional("computer", Form.text(255), "The SQL Server's computer.");

    private static final Field<Optional<String>> SQL_HOST =
            Field.optional("hostname", Form.text(255), "The SQL Server's host name or address.");

    private static final Field<Optional<String>> SQL_INSTANCE =
            Field.optional("serverinstance", Form.text(255), "The SQL Server instance to ask.");

    private static final Field<Optional<String>> USER = Field.optional("username", Form.text(255), "Who logs in.");

    private static final Field<Optional<String>> PASSWORD = Field.optional(
                    "password", Form.text(255), "The password for logging in.")
            .secret();

    /** In the order of their ids. */
    public static final List<CheckType> ALL = Stream.of(
                    List.of(apache(), cpu(), disk(), filesystem(), filesystemState(), loadAverage(), memory()),
                    mssql(),
                    List.of(mysql(), network(), plugin(), redis(), windowsPerfOs()))
            .flatMap(List::stream)
            .toList();

    private AgentTypes() {}

    private static CheckType apache() {
        return CheckType.named("agent.apache", "Apache", "What an Apache web server says of itself.")
                .withFields(
                        Field.withDefault(
                                "url",
                                Form.text(8096),
                                "http://127.0.0.1/server-status",
                                "Where the server shows its status."),
                        TIMEOUT)
                .withMetrics(integers(
                        "busy_workers",
                        "closing",
                        "dns",
                        "gracefully_fishing",
                        "idle",
                        "idle_workers",
                        "keepalive",
                        "logging",
                        "open",
                        "reading",
                        "requests_per_second",
                        "sending",
                        "starting",
                        "total_access",
                        "waiting"))
                .withMetrics(integers(Unit.BYTES, "bytes_per_request", "bytes_per_second"))
                .withMetrics(integers(Unit.KILOBYTES, "total_kbytes"))
                .withMetrics(integers(Unit.MILLISECONDS, "uptime"))
                .withMetrics(decimals(Unit.PERCENT, "cpu_load"));
    }

    private static CheckType cpu() {
        return CheckType.named("agent.cpu", "CPU", "How busy the processors are.")
                .withMetrics(decimals(
                        Unit.PERCENT,
                        "idle_percent_average",
                        "irq_percent_average",
                        "max_cpu_usage",
                        "min_cpu_usage",
                        "stolen_percent_average",
                        "sys_percent_average",
                        "usage_average",
                        "user_percent_average",
                        "wait_percent_average"));
    }

    private static CheckType disk() {
        return CheckType.named("agent.disk", "Disk", "What a disk has read and written.")
                .withFields(target("The disk, such as /dev/xvda1."))
                .withMetrics(integers("queue", "reads", "writes"))
                .withMetrics(integers(Unit.BYTES, "read_bytes", "write_bytes"))
                .withMetrics(integers(Unit.MILLISECONDS, "qtime", "rtime", "wtime"));
    }

    private static CheckType filesystem() {
        return CheckType.named("agent.filesystem", "File system", "How much room a file system has.")
                .withFields(target("The mount point, such as /var."))
                .withMetrics(integers(Unit.KILOBYTES, "avail", "free", "total", "used"))
                .withMetrics(integers("files", "free_files"))
                .withMetrics(texts("options"));
    }

    private static CheckType filesystemState() {
        return CheckType.named("agent.filesystem_state", "File system state", "Which file systems are read-only.")
                .withMetrics(integers("total_ro", "total_rw"))
                .withMetrics(texts("devices_ro", "devices_rw"));
    }

    private static CheckType loadAverage() {
        return CheckType.named("agent.load_average", "Load average", "How many processes want to run.")
                .withMetrics(decimals(Unit.NONE, "1m", "5m", "15m"));
    }

    private static CheckType memory() {
        return CheckType.named("agent.memory", "Memory", "How much memory is in use.")
                .withMetrics(integers(
                        Unit.BYTES,
                        "actual_free",
                        "actual_used",
                        "free",
                        "ram",
                        "swap_free",
                        "swap_total",
                        "swap_used",
                        "total",
                        "used"))
                .withMetrics(integers("swap_page_in", "swap_page_out"));
    }

    private static List<CheckType> mssql() {
        return List.of(
                CheckType.named("agent.mssql_buffer_manager", "SQL Server buffers", "A SQL Server's buffer manager.")
                        .withFields(COMPUTER, SQL_INSTANCE),
                CheckType.named("agent.mssql_database", "SQL Server database", "One database of a SQL Server.")
                        .withFields(
                                Field.required("db", Form.text(255), "The database's name."),
                                SQL_HOST,
                                SQL_INSTANCE,
                                USER,
                                PASSWORD),
                CheckType.named("agent.mssql_memory_manager", "SQL Server memory", "A SQL Server's memory manager.")
                        .withFields(COMPUTER, SQL_INSTANCE),
                CheckType.named("agent.mssql_plan_cache", "SQL Server plan cache", "A SQL Server's plan cache.")
                        .withFields(COMPUTER, SQL_INSTANCE),
                CheckType.named("agent.mssql_sql_statistics", "SQL Server statistics", "A SQL Server's statistics.")
                        .withFields(COMPUTER, SQL_INSTANCE),
                CheckType.named("agent.mssql_version", "SQL Server version", "A SQL Server's version.")
                        .withFields(SQL_HOST, SQL_INSTANCE, USER, PASSWORD));
    }

    private static CheckType mysql() {
        return CheckType.named("agent.mysql", "MySQL", "What a MySQL server says of itself.")
                .withFields(
                        Field.withDefault("host", Form.text(255), "127.0.0.1", "The server's host name or address."),
                        Field.withDefault("port", Form.integer(1, 65_535), 3306, "The server's TCP port."),
                        Field.optional("socket", Form.text(255), "The path of the server's local socket."),
                        USER,
                        PASSWORD,
                        Field.optional("mycnf", Form.flag(), "Whether to read my.cnf."),
                        TIMEOUT)
                .withMetrics(MysqlMetrics.ALL);
    }

    private static CheckType network() {
        return CheckType.named("agent.network", "Network", "What a network device has sent and received.")
                .withFields(target("The network device, such as eth0."))
                .withMetrics(integers(Unit.BYTES, "rx_bytes", "tx_bytes"))
                .withMetrics(integers("rx_dropped", "rx_errors", "rx_packets", "speed"))
                .withMetrics( // The manual has the one).withMetrics(the agent sends the other.
                        integers("tx_dropped", "tx_error", "tx_errors", "tx_packets"))
                .withMetrics(texts("link_state"));
    }

    private static CheckType plugin() {
        return CheckType.named("agent.plugin", "Plug-in", "Whatever a program of the owner's prints.")
                .withFields(
                        Field.required("file", Form.text(255), "The name of the program's file."),
                        Field.optional("args", Form.list(10, Form.text(8096)), "The program's arguments."),
                        TIMEOUT);
    }

    private static CheckType redis() {
        return CheckType.named("agent.redis", "Redis", "What a Redis server says of itself.")
                .withFields(
                        Field.required("hostname", Form.text(255), "The server's host name or address."),
                        Field.required("port", Form.integer(1, 65_535), "The server's TCP port."),
                        PASSWORD,
                        TIMEOUT)
                .withMetrics(integers(
                        "bgrewriteaof_in_progress",
                        "bgsave_in_progress",
                        "blocked_clients",
                        "changes_since_last_save",
                        "connected_clients",
                        "evicted_keys",
                        "pubsub_patterns",
                        "total_commands_processed",
                        "total_connections_received"))
                .withMetrics(integers(Unit.SECONDS, "uptime_in_seconds"))
                .withMetrics(integers(Unit.BYTES, "used_memory"))
                .withMetrics(texts("version"));
    }

    private static CheckType windowsPerfOs() {
        return CheckType.named("agent.windows_perfos", "Windows performance", "What Windows says of itself.")
                .withMetrics(integers(
                        "AlignmentFixupsPersec",
                        "ContextSwitchesPersec",
                        "ExceptionDispatchesPersec",
                        "FileControlOperationsPersec",
                        "FileReadOperationsPersec",
                        "FloatingEmulationsPersec",
                        "Processes",
                        "ProcessorQueueLength",
                        "SystemCallsPersec",
                        "Threads"))
                .withMetrics(
                        integers(Unit.BYTES, "FileControlBytesPersec", "FileReadBytesPersec", "FileWriteBytesPersec"))
                .withMetrics(integers(Unit.PERCENT, "PercentRegistryQuotaInUse"))
                .withMetrics(integers(Unit.SECONDS, "SystemUpTime"));
    }

    private static Field<String> target(String description) {
        return Field.required("target", Form.text(512), description);
    }
}
