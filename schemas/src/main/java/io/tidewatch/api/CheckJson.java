package io.tidewatch.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.field.Field;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.TargetResolver;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks as the API shows them. */
public final class CheckJson {
    private static final String DETAILS = "details";

    private CheckJson() {}

    /** To the check's owner. */
    public static ObjectNode of(Check check) {
        ObjectNode node = ResourceJson.start(check.getCheckId())
                .put("label", check.getLabel())
                .put("type", check.getType());
        node.set(DETAILS, ResourceJson.MAPPER.valueToTree(check.getDetails()));
        node.set("monitoring_zones_poll", ResourceJson.MAPPER.valueToTree(check.getMonitoringZonesPoll()));
        node.put("timeout", check.getTimeoutSeconds())
                .put("period", check.getPeriodSeconds())
                .put("target_alias", check.getTargetAlias())
                .put("target_hostname", check.getTargetHostname())
                .put("target_resolver", name(check.getTargetResolver()))
                .put("disabled", check.getDisabled());
        ResourceJson.writeConfd(node);
        ResourceJson.writeSuppressions(node);
        node.set(ResourceJson.DEPENDS_ON, ResourceJson.MAPPER.valueToTree(check.getDependsOn()));
        return ResourceJson.finish(node, check.getMetadata(), check.getCreatedAt(), check.getUpdatedAt());
    }

    /** To others, who need not know a target's passwords: without the values of secret fields. */
    public static ObjectNode withoutSecrets(Check check, CheckTypes types) {
        ObjectNode node = of(check);
        if (node.get(DETAILS) instanceof ObjectNode details) {
            types.find(check.getType())
                    .ifPresent(type -> type.fields().stream()
                            .filter(Field::isSecret)
                            .map(Field::name)
                            .forEach(details::remove));
        }
        return node;
    }

    private static @Nullable String name(@Nullable TargetResolver resolver) {
        return Optional.ofNullable(resolver).map(Enum::name).orElse(null);
    }
}
