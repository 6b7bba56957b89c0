package io.tidewatch.benchmarks.servers;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A Cassandra process on this machine, asked for what {@code nodetool} can: through its management beans, which it shows
 * nobody else.
 */
record CassandraNode(long pid) {
    private static final String STORAGE_SERVICE = "org.apache.cassandra.db:type=StorageService";
    private static final String STRINGS = String[].class.getName();

    /**
     * As {@code nodetool flush} and {@code nodetool compact}; returns when both are done.
     *
     * <p>Source: {@code org.apache.cassandra.service.StorageServiceMBean} of Cassandra 5.0.
     */
    // The peer is a process that we started ourselves.
    @SuppressWarnings("BanJNDI")
    void flushAndCompact(String keyspace, String table) {
        String[] tables = {table};
        try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(agentAddress()))) {
            ObjectName storage = new ObjectName(STORAGE_SERVICE);
            connector
                    .getMBeanServerConnection()
                    .invoke(storage, "forceKeyspaceFlush", new Object[] {keyspace, tables}, new String[] {
                        String.class.getName(), STRINGS
                    });
            connector
                    .getMBeanServerConnection()
                    .invoke(storage, "forceKeyspaceCompaction", new Object[] {false, keyspace, tables}, new String[] {
                        boolean.class.getName(), String.class.getName(), STRINGS
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("Cassandra's management beans can't be reached", e);
        } catch (JMException e) {
            throw new IllegalStateException("Cassandra did not flush and compact " + table, e);
        }
    }

    private String agentAddress() throws IOException {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
            try {
                return machine.startLocalManagementAgent();
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("No JVM to attach to has the process id " + pid, e);
        }
    }
}
