package io.tidewatch.standalone.servers;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Broker, registry and Cassandra, which start and stop side by side. Calls may come from any thread, {@link #close} also
 * while {@link #start} is at work.
 */
public final class EmbeddedServers implements AutoCloseable {
    private final DataDirectory data;
    private final EmbeddedBroker broker;
    private final EmbeddedRegistry registry;
    private final EmbeddedCassandra cassandra;

    public EmbeddedServers(DataDirectory data, ServerPorts ports) {
        this(data, ports, EmbeddedCassandra.Guard.NONE);
    }

    /** @param guard whom Cassandra lets in */
    public EmbeddedServers(DataDirectory data, ServerPorts ports, EmbeddedCassandra.Guard guard) {
        this.data = data;
        broker = new EmbeddedBroker(data, ports);
        registry = new EmbeddedRegistry(data, ports);
        cassandra = new EmbeddedCassandra(data, ports, guard);
    }

    public EmbeddedBroker broker() {
        return broker;
    }

    public EmbeddedRegistry registry() {
        return registry;
    }

    public EmbeddedCassandra cassandra() {
        return cassandra;
    }

    /** All three. */
    public List<EmbeddedServer> all() {
        return List.of(broker, registry, cassandra);
    }

    /**
     * Returns when all of them answer.
     *
     * @param whenReady told of each server that answers, on some thread of ours
     * @throws ServerException when one of them can't be started, or the disk has too little room for them; none of them is
     *     running then
     */
    public void start(Consumer<EmbeddedServer> whenReady) {
        data.room().requireEnoughToStart();
        try {
            forEach(server -> {
                server.start();
                whenReady.accept(server);
            });
        } catch (CompletionException e) {
            close();
            if (e.getCause() instanceof ServerException cause) {
                throw data.shortage()
                        .map(shortage -> new ServerException(shortage + " " + cause.getMessage(), cause))
                        .orElse(cause);
            }
            throw e;
        }
    }

    /** Stops all of them, by force after five seconds. */
    @Override
    public void close() {
        forEach(EmbeddedServer::close);
    }

    /** Side by side; a failure of one ends the wait for the others. */
    private void forEach(Consumer<EmbeddedServer> action) {
        ExecutorService threads = Executors.newFixedThreadPool(all().size());
        try {
            CompletableFuture<Void> firstFailure = new CompletableFuture<>();
            CompletableFuture<Void> done = CompletableFuture.allOf(all().stream()
                    .map(server -> CompletableFuture.runAsync(() -> action.accept(server), threads)
                            .whenComplete((ok, failure) -> {
                                if (failure != null) {
                                    firstFailure.completeExceptionally(failure);
                                }
                            }))
                    .toArray(CompletableFuture<?>[]::new));
            CompletableFuture.anyOf(done, firstFailure).join();
        } finally {
            threads.shutdown();
        }
    }
}
