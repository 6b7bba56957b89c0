package io.tidewatch.system.architecture;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** A module with main code: its packages, and the modules that it may use. A later one may only use earlier ones. */
enum Layer {
    SCHEMAS("schemas", "io.tidewatch"),
    LIFELINE("standalone/lifeline", "io.tidewatch.lifeline"),

    STREAMS_RUNTIME("streams-runtime", "io.tidewatch.runtime", SCHEMAS),

    POLLER("poller", "io.tidewatch.poller", SCHEMAS),
    INGEST_GATEWAY("ingest-gateway", "io.tidewatch.gateway", SCHEMAS),
    STREAMS_APP("streams-app", "io.tidewatch.streams", SCHEMAS, STREAMS_RUNTIME),
    NOTIFIER("notifier", "io.tidewatch.notifier", SCHEMAS, STREAMS_RUNTIME),

    TOPOLOGY_DOCS(
            "topology-docs",
            "io.tidewatch.docs",
            SCHEMAS,
            STREAMS_RUNTIME,
            POLLER,
            INGEST_GATEWAY,
            STREAMS_APP,
            NOTIFIER),
    STANDALONE(
            "standalone",
            "io.tidewatch.standalone",
            SCHEMAS,
            STREAMS_RUNTIME,
            LIFELINE,
            POLLER,
            INGEST_GATEWAY,
            STREAMS_APP,
            NOTIFIER),

    BENCHMARKS(
            "benchmarks",
            "io.tidewatch.benchmarks",
            SCHEMAS,
            STREAMS_RUNTIME,
            LIFELINE,
            POLLER,
            INGEST_GATEWAY,
            STREAMS_APP,
            NOTIFIER,
            STANDALONE);

    private final String module;
    private final String rootPackage;

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable, though its type does not say so.
    private final Set<Layer> uses;

    Layer(String module, String rootPackage, Layer... uses) {
        this.module = module;
        this.rootPackage = rootPackage;
        this.uses = Set.of(uses);
    }

    /** That of a module's directory; empty when nobody has given it a place. */
    static Optional<Layer> ofModule(String directory) {
        return Arrays.stream(values())
                .filter(layer -> layer.module.equals(directory))
                .findFirst();
    }

    /** The package that all of this module's packages are in or below. */
    String rootPackage() {
        return rootPackage;
    }

    /** Whether it is a process of a real deployment, which others know from outside only. */
    boolean isPart() {
        return this == POLLER || this == INGEST_GATEWAY || this == STREAMS_APP || this == NOTIFIER;
    }

    boolean mayUse(Layer other) {
        return other == this || uses.contains(other);
    }

    /** Whether a package belongs here by its name: schemas has what no other module claims. */
    boolean claims(String packageName) {
        return isWithin(rootPackage, packageName)
                && (this != SCHEMAS
                        || Arrays.stream(values())
                                .filter(other -> other != SCHEMAS)
                                .noneMatch(other -> isWithin(other.rootPackage, packageName)));
    }

    static boolean isWithin(String root, String packageName) {
        return packageName.equals(root) || packageName.startsWith(root + ".");
    }
}
