package io.tidewatch.gateway.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.State;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The test itself is the notifier: it tells of the attempts at what the API has written. */
class TestNotificationApiTest {
    private static final String WEBHOOK = """
            {"label": "ops", "type": "webhook", "details": {"url": "https://hooks.example.org/hidden"}}""";
    private static final String TEST = "/test-notification";

    private RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void saysThatTheReceiverHasConfirmed() {
        String id = api.create("/notifications", WEBHOOK);

        CompletableFuture<ApiClient.Answer> answer = post("/notifications/" + id + "/test", "");
        Delivery delivery = written(1).get(0);
        tell(delivery, AttemptResult.CONFIRMED, "");

        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(answer.join().text()).isEqualTo("""
                {"status":"success","message":"The receiver has confirmed the message","took_ms":12,"proxy":"none",\
                "delivery_id":"%s"}""".formatted(delivery.getDeliveryId()));
        LogEntry entry = api.log.entries(Topic.DELIVERIES).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme"));
        assertThat(delivery)
                .returns(MessageKind.TEST, Delivery::getKind)
                .returns(id, Delivery::getNotificationId)
                .returns("webhook", Delivery::getNotificationType)
                .returns(State.OK, Delivery::getState)
                .returns(Samples.NOW, Delivery::getCreatedAt);
        assertThat(delivery.getEvent().getStatus()).contains("ops").contains("nothing has happened");
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, status 404", "NOT_RECEIVED, connection refused", "UNKNOWN, no answer", "GIVEN_UP, too late"})
    void saysWhyItFailed(AttemptResult result, String reason) {
        CompletableFuture<ApiClient.Answer> answer = post(TEST, WEBHOOK);
        tell(written(1).get(0), result, reason);

        JsonNode json = answer.join().json();
        assertThat(json.path("status").asText()).isEqualTo("failed");
        assertThat(json.path("message").asText()).isEqualTo(reason);
    }

    @Test
    void carriesWhatIsNotStoredSealedAndStoresNothing() {
        CompletableFuture<ApiClient.Answer> answer = post(TEST, WEBHOOK);
        Delivery delivery = written(1).get(0);
        tell(delivery, AttemptResult.CONFIRMED, "");
        answer.join();

        Notification tested = delivery.getNotification();
        assertThat(tested)
                .returns(delivery.getNotificationId(), Notification::getNotificationId)
                .returns("ops", Notification::getLabel);
        assertThat(tested.getSecrets()).containsOnlyKeys("url");
        assertThat(tested.toString()).doesNotContain("hidden");
        assertThat(api.log.entries(Topic.NOTIFICATIONS)).isEmpty();
        api.get("/notifications/" + delivery.getNotificationId()).assertFault(404, "notFoundError");
    }

    /** What Rackspace's clients send. */
    @Test
    void needsNoLabelAndTakesWhoAndWhy() {
        CompletableFuture<ApiClient.Answer> answer = post(TEST, """
                {"who": null, "why": null, "label": null, "metadata": {}, "type": "email",
                 "details": {"address": "ops@example.org"}}""");
        tell(written(1).get(0), AttemptResult.CONFIRMED, "");

        assertThat(answer.join().status()).as(answer.join().text()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "null", "{}"})
    void takesBodiesThatSayNothing(String body) {
        String id = api.create("/notifications", WEBHOOK);
        CompletableFuture<ApiClient.Answer> answer = post("/notifications/" + id + "/test", body);
        tell(written(1).get(0), AttemptResult.CONFIRMED, "");

        assertThat(answer.join().status()).isEqualTo(200);
    }

    @Test
    void refusesWhatCouldNotBeCreatedInTheSameWords() {
        for (String bad : List.of(
                "{\"label\": \"x\", \"type\": \"webhook\", \"details\": {}}",
                "{\"label\": \"x\", \"type\": \"pigeon\", \"details\": {}}",
                "{\"label\": \"x\", \"type\": \"webhook\", \"details\": {\"url\": \"ftp://a.b/\"}}",
                "{\"label\": \"x\", \"colour\": \"red\"}")) {
            ApiClient.Answer created = api.post("/notifications", bad);
            ApiClient.Answer tested = api.post(TEST, bad);

            assertThat(tested.status()).isEqualTo(400).isEqualTo(created.status());
            assertThat(tested.json().path("message")).isEqualTo(created.json().path("message"));
        }
        api.post("/notifications/ntX/test", "").assertFault(404, "notFoundError");
        assertThat(api.log.entries(Topic.DELIVERIES)).isEmpty();
    }

    @Test
    void saysThatItIsNotKnownWhenNobodyTellsInTime() {
        restart(Map.of(GatewayConfig.TEST_TIMEOUT_MS, "100"));

        ApiClient.Answer answer = api.post(TEST, WEBHOOK);

        answer.assertFault(504, "gatewayTimeoutError");
        assertThat(answer.json().at("/details/delivery_id").asText())
                .isEqualTo(written(1).get(0).getDeliveryId());
        tell(written(1).get(0), AttemptResult.CONFIRMED, "");
    }

    @Test
    void saysSoWhenKafkaDoesNotAcknowledge() {
        api.log.failWith(new LogUnavailableException("Kafka did not acknowledge in time", null));

        api.post(TEST, WEBHOOK).assertFault(503, "systemFailureError");
    }

    /** Tests wait for long, and are few at a time: neither changes nor reads of the same tenant wait for them. */
    @Test
    void delaysNobodyElse() {
        List<CompletableFuture<ApiClient.Answer>> waiting =
                IntStream.range(0, 10).mapToObj(i -> post(TEST, WEBHOOK)).toList();
        written(4);

        String id = api.create("/notifications", WEBHOOK);
        assertThat(api.get("/notifications/" + id).status()).isEqualTo(200);

        assertThat(api.log.entries(Topic.DELIVERIES)).hasSize(4);
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        for (int told = 0; told < waiting.size(); told++) {
            tell(written(told + 1).get(told), AttemptResult.CONFIRMED, "");
        }
        assertThat(waiting)
                .allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
    }

    private void restart(Map<String, String> settings) {
        api.close();
        api = new RunningApi(settings);
    }

    private CompletableFuture<ApiClient.Answer> post(String path, String body) {
        CompletableFuture<ApiClient.Answer> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                answer.complete(api.post(path, body));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        thread.start();
        return answer;
    }

    /** The deliveries that were written, once there are that many. */
    private List<Delivery> written(int count) {
        await().until(() -> api.log.entries(Topic.DELIVERIES).size() >= count);
        return api.log.entries(Topic.DELIVERIES).stream()
                .map(entry -> (Delivery) entry.value().orElseThrow())
                .toList();
    }

    private void tell(Delivery delivery, AttemptResult result, String reason) {
        DeliveryAttempt attempt = DeliveryAttempt.newBuilder()
                .setDeliveryId(delivery.getDeliveryId())
                .setTenantId("acme")
                .setNotificationId(delivery.getNotificationId())
                .setNotificationType(delivery.getNotificationType())
                .setEntityId("enTest")
                .setCheckId("chTest")
                .setAlarmId("alTest")
                .setEventId("e1")
                .setKind(MessageKind.TEST)
                .setIncident(0)
                .setState(State.OK)
                .setPreviousState(State.OK)
                .setStatus("")
                .setAttempt(1)
                .setResult(result)
                .setReason(reason)
                .setFrom("notifier")
                .setEventTimestamp(Samples.NOW)
                .setTimestamp(Samples.NOW)
                .setTookMs(12)
                .build();
        api.attempts.apply(new TopicRecord(Topic.DELIVERY_ATTEMPTS, "key", Optional.of(attempt)));
    }
}
