package io.tidewatch.system.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.HealthState;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.Network.Ipam.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.DockerImageName;

/**
 * Services of a compose file as containers on a network of their own, and what can befall them. The images have to be there,
 * see CONTRIBUTING.md. One thread.
 */
public final class ComposedServices implements AutoCloseable {
    private static final Path PROJECT = Path.of("..");
    private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(5);

    /** Each look is a process in the container, and takes a tenth of a second of processor. */
    private static final long HEALTH_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    /** Containers of tests live for minutes, many of them on few processors: less compiling means sooner at work. */
    private static final String SHORT_LIVED = " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String JAVA_OPTIONS = "JDK_JAVA_OPTIONS";

    /** It would have a machine of its own; here it gets what the others leave. The usual share is 1024. */
    private static final String STORAGE = "cassandra:";

    private static final int FEW_CPU_SHARES = 128;

    /** So that Docker's own patience never is the shorter one. */
    private static final int HEALTH_RETRIES = 1_000;

    private final DockerClient docker = DockerClientFactory.lazyClient();
    private final Network network = Network.newNetwork();
    private final Map<String, GenericContainer<?>> containers = new LinkedHashMap<>();

    /**
     * Starts them, each when those are healthy that it depends on, and returns when all are.
     *
     * @param file in the project's directory
     * @param variables for those that the file leaves open
     * @param wanted by the names of services
     * @throws RuntimeException when one does not become healthy; none is left then
     */
    public ComposedServices(String file, Map<String, String> variables, Predicate<String> wanted) {
        List<ComposeFile.Service> services = ComposeFile.read(PROJECT.resolve(file), variables).values().stream()
                .filter(service -> wanted.test(service.name()))
                .toList();
        services.forEach(service -> containers.put(service.name(), container(service)));
        services.forEach(service ->
                service.dependsOn().forEach(other -> container(service.name()).dependsOn(container(other))));
        try {
            Startables.deepStart(containers.values()).join();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The address at which containers reach this machine: the network's gateway. */
    public String thisMachine() {
        return docker.inspectNetworkCmd().withNetworkId(network.getId()).exec().getIpam().getConfig().stream()
                .map(Config::getGateway)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /** Those that run, as opposed to those that are done. */
    public List<String> running() {
        return containers.keySet().stream()
                .filter(name -> Boolean.TRUE.equals(state(name).getRunning()))
                .toList();
    }

    public boolean areHealthy(Collection<String> names) {
        return names.stream().allMatch(name -> {
            HealthState health = state(name).getHealth();
            return health != null && "healthy".equals(health.getStatus());
        });
    }

    /** As {@code kill -9} of all of them at once. */
    public void kill(Collection<String> names) {
        names.parallelStream().forEach(name -> docker.killContainerCmd(id(name)).exec());
    }

    /** As {@code docker stop}: SIGTERM, and SIGKILL when that does not help within the time. */
    public void stop(String name, Duration within) {
        docker.stopContainerCmd(id(name)).withTimeout((int) within.toSeconds()).exec();
    }

    public void startAgain(Collection<String> names) {
        names.parallelStream()
                .forEach(name -> docker.startContainerCmd(id(name)).exec());
    }

    /** Takes away their network, while they run on; nobody is told. */
    public void cutOff(Collection<String> names) {
        names.forEach(name -> setLink(name, "down"));
    }

    public void reconnect(Collection<String> names) {
        names.forEach(name -> setLink(name, "up"));
    }

    /** Keeps what each of them logged, because it goes with the container. */
    public void saveLogs(Path directory) {
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, GenericContainer<?>> container : containers.entrySet()) {
                Files.writeString(
                        directory.resolve(container.getKey() + ".log"),
                        container.getValue().getLogs());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without a reaper beside us, nobody else removes them. */
    @Override
    public void close() {
        containers.values().parallelStream().forEach(GenericContainer::stop);
        network.close();
    }

    private String id(String name) {
        return container(name).getContainerId();
    }

    private ContainerState state(String name) {
        return docker.inspectContainerCmd(id(name)).exec().getState();
    }

    private GenericContainer<?> container(String name) {
        return Objects.requireNonNull(containers.get(name), name);
    }

    private GenericContainer<?> container(ComposeFile.Service service) {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(service.image()))
                .withNetwork(network)
                .withNetworkAliases(service.name())
                .withEnv(service.environment())
                .withEnv(JAVA_OPTIONS, service.environment().getOrDefault(JAVA_OPTIONS, "") + SHORT_LIVED)
                .withStartupTimeout(HEALTHY_WITHIN);
        container.setPortBindings(service.ports());
        container.withCreateContainerCmdModifier(
                command -> Objects.requireNonNull(command.getHostConfig()).withMemory(service.memoryBytes()));
        if (!service.command().isEmpty()) {
            container.withCommand(service.command().toArray(String[]::new));
        }
        if (service.runsToItsEnd()) {
            return container.withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(HEALTHY_WITHIN));
        }
        if (!service.healthTest().isEmpty()) {
            HealthCheck check = new HealthCheck()
                    .withTest(service.healthTest())
                    .withInterval(HEALTH_EVERY_NANOS)
                    .withRetries(HEALTH_RETRIES);
            container.withCreateContainerCmdModifier(command -> command.withHealthcheck(check));
        }
        if (service.image().startsWith(STORAGE)) {
            container.withCreateContainerCmdModifier(
                    command -> Objects.requireNonNull(command.getHostConfig()).withCpuShares(FEW_CPU_SHARES));
        }
        return container.waitingFor(Wait.forHealthcheck().withStartupTimeout(HEALTHY_WITHIN));
    }

    /** A container's interface is one end of a cable. The other one is here, and its number the container knows. */
    private void setLink(String name, String state) {
        try {
            String peer = container(name)
                    .execInContainer("cat", "/sys/class/net/eth0/iflink")
                    .getStdout()
                    .strip();
            run(List.of("ip", "link", "set", "dev", interfaceWith(peer), state));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String interfaceWith(String number) throws IOException {
        try (Stream<Path> interfaces = Files.list(Path.of("/sys/class/net"))) {
            for (Path one : interfaces.toList()) {
                if (Files.readString(one.resolve("ifindex")).strip().equals(number)) {
                    return one.getFileName().toString();
                }
            }
        }
        throw new IllegalStateException("No interface of this machine has the number " + number);
    }

    private static void run(List<String> command) throws IOException {
        int exitCode =
                new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue();
        if (exitCode != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed with " + exitCode);
        }
    }
}
