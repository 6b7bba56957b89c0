package io.tidewatch.checks;

import io.tidewatch.checks.agent.AgentTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.remote.RemoteHttp;
import io.tidewatch.checks.remote.RemotePing;
import io.tidewatch.checks.remote.RemoteTcp;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Types of check, by id. Immutable. */
public final class CheckTypes {
    /** Those of Tidewatch. To add a remote one, add a line, and one to the poller's list. */
    public static final CheckTypes ALL = new CheckTypes(
            Stream.concat(Stream.of(RemoteHttp.TYPE, RemotePing.TYPE, RemoteTcp.TYPE), AgentTypes.ALL.stream())
                    .toList());

    private final TreeMap<String, CheckType> byId;

    /**
     * @throws IllegalStateException when two have one id
     */
    public CheckTypes(Collection<CheckType> types) {
        byId = types.stream()
                .collect(Collectors.toMap(
                        CheckType::id,
                        Function.identity(),
                        (one, other) -> {
                            throw new IllegalStateException("two check types have the id " + one.id());
                        },
                        TreeMap::new));
    }

    /** All that are declared, in the order of their ids. */
    public List<CheckType> list() {
        return List.copyOf(byId.values());
    }

    /**
     * The type with that id. Agents may report any type: one that is not declared has no fields and no known metrics.
     *
     * @return empty for a remote type that is not declared: no poller runs it
     */
    public Optional<CheckType> find(String id) {
        if (CheckType.isRemote(id) || byId.containsKey(id)) {
            return Optional.ofNullable(byId.get(id));
        }
        return Optional.of(CheckType.named(id, id, "Reported by an agent."));
    }

    /** How many observations in a row make a zone's vote in an alarm that does not say, by the check's type. */
    public int consecutiveCount(String id) {
        return find(id).map(CheckType::consecutiveCount).orElse(1);
    }
}
