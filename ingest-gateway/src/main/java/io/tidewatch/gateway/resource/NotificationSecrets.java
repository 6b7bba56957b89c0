package io.tidewatch.gateway.resource;

import io.tidewatch.channels.ChannelType;
import io.tidewatch.channels.Proxy;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.FieldKind;
import io.tidewatch.checks.field.InvalidDetailsException;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Notification;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.secrets.SecretPlace;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Parts the secrets from a notification's details: they are stored sealed, and a hint takes their place in the details. Who sends the
 * hint back, as clients do that change something else, keeps the secret. Thread-safe.
 */
final class NotificationSecrets {
    private final Optional<SecretBox> box;

    /**
     * @param box empty where there is no key: then no secret is taken
     */
    NotificationSecrets(Optional<SecretBox> box) {
        this.box = box;
    }

    /**
     * @param details values of the declared fields, with hints in the place of secrets
     * @param sealed the secrets by the names of their fields
     */
    record Parted(Map<String, Object> details, Map<String, String> sealed) {}

    /**
     * @param given the details as they were sent
     * @param before what the notification was; empty for a new one
     * @throws InvalidDetailsException naming the field that is missing, unknown or unfit
     * @throws Fault when there is a new secret, and no key to seal it with
     */
    Parted part(ResourcePath path, ChannelType type, Map<String, Object> given, Optional<Notification> before) {
        List<Field<?>> secretFields =
                type.fields().stream().filter(Field::isSecret).toList();
        Set<String> kept = secretFields.stream()
                .map(Field::name)
                .filter(name -> before.filter(old -> isKept(name, given, old)).isPresent())
                .collect(Collectors.toSet());
        secretFields.stream()
                .map(Field::name)
                .filter(name -> !kept.contains(name))
                .forEach(name -> refuseHint(name, given));

        Map<String, Object> details = type.stored(given, kept);
        before.ifPresent(old -> refuseToRedirect(type, kept, details, old));
        Map<String, String> sealed = new TreeMap<>();
        for (Field<?> field : secretFields) {
            String name = field.name();
            Object value = details.get(name);
            if (kept.contains(name)) {
                before.ifPresent(old -> sealed.put(name, old.getSecrets().get(name)));
            } else if (value != null && !value.equals("")) {
                sealed.put(name, seal(text(value), new SecretPlace(path.tenantId(), path.id(), name)));
                details.put(name, SecretHint.of(field, value));
            }
        }
        return new Parted(details, sealed);
    }

    /** Whoever may change where messages go must not learn a secret by that which was meant for somebody else. */
    private static void refuseToRedirect(
            ChannelType type, Set<String> kept, Map<String, Object> details, Notification old) {
        List<String> moved = type.fields().stream()
                .filter(NotificationSecrets::leads)
                .map(Field::name)
                .filter(name -> !kept.contains(name)
                        && !Objects.equals(details.get(name), old.getDetails().get(name)))
                .toList();
        kept.stream().sorted().findFirst().filter(name -> !moved.isEmpty()).ifPresent(name -> {
            throw new InvalidDetailsException(
                    name,
                    "has to be sent again, because " + String.join(", ", moved)
                            + " has changed, and it would go to where it was not meant to");
        });
    }

    /** Whether a field says where messages go, or through whose hands. */
    private static boolean leads(Field<?> field) {
        return field.form().kind() == FieldKind.URL
                || field.form().kind() == FieldKind.LIST
                || field.name().equals(Proxy.PROXY.name());
    }

    private static boolean isKept(String name, Map<String, Object> given, Notification old) {
        Object hint = old.getDetails().get(name);
        return hint != null && old.getSecrets().containsKey(name) && hint.equals(given.get(name));
    }

    /** A hint of another notification, or of what this one was before, would be stored as if it were a secret. */
    private static void refuseHint(String name, Map<String, Object> given) {
        if (given.get(name) instanceof String text && text.contains(SecretHint.MARK)) {
            throw new InvalidDetailsException(
                    name,
                    "has the sign " + SecretHint.MARK
                            + " in it, which stands for a secret that is not shown: send the secret itself");
        }
    }

    /** A map or a list is sealed as JSON. */
    private static String text(Object value) {
        return value instanceof String text
                ? text
                : Json.MAPPER.valueToTree(value).toString();
    }

    private String seal(String secret, SecretPlace place) {
        String field = "details." + place.field();
        return box.map(keys -> keys.seal(secret, place))
                .orElseThrow(() -> new Fault(
                        FaultType.SYSTEM_FAILURE,
                        field
                                + ": is a secret, and this gateway has no key to seal it with: its operator has to give it"
                                + " the setting " + SecretBox.KEYS,
                        Map.of("field", field, "setting", SecretBox.KEYS)));
    }
}
