package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** CloudEvents, as their library understands them. */
final class CloudEventsChannelTest extends HttpChannelContract {
    @Override
    Channel channel(OutgoingHttp over, String base) {
        return new CloudEventsChannel(over, LINKS);
    }

    @Override
    Map<String, Object> details(String base) {
        return Map.of("url", base + "/events/s3cret-path");
    }

    @Override
    Told read(Received request) throws Exception {
        CloudEvent event = event(request);
        assertThat(event.getDataContentType()).isEqualTo("application/json");
        assertThat(event.getId()).isEqualTo(json(request).path("delivery_id").asText());
        return new Told(
                event.getSource() + " " + event.getSubject(),
                Told.kind(MessageKind.valueOf(
                        event.getType().replace("io.tidewatch.alarm.", "").toUpperCase(Locale.ROOT))),
                new String(event.getData().toBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void hasTheAttributesOfAnEvent() {
        send(MessageKind.UPDATE, State.WARNING);

        CloudEvent event = event(receiver.received().get(0));
        assertThat(event.getId()).isEqualTo("d-UPDATE-WARNING");
        assertThat(event.getType()).isEqualTo("io.tidewatch.alarm.update");
        assertThat(event.getSource()).hasToString("https://tidewatch.example/v1.0/ac1");
        assertThat(event.getSubject()).isEqualTo("entities/en1/alarms/al1");
        assertThat(event.getTime().toInstant()).isEqualTo(Deliveries.AT);
    }

    /** The library for Java leaves values as they are in the headers, so that they are compared there. */
    @Test
    void escapesWhatNoHeaderHas() {
        Delivery delivery = Deliveries.of(MessageKind.PROBLEM, State.CRITICAL);
        delivery.setDeliveryId("a b\"%ü\n");

        channel().send(delivery, details(), Deliveries.NOW);

        assertThat(receiver.received().get(0).headers()).containsEntry("ce-id", "a%20b%22%25%C3%BC%0A");
    }

    private static CloudEvent event(Received request) {
        return HttpMessageFactory.createReader(request.headers(), request.body().getBytes(StandardCharsets.UTF_8))
                .toEvent();
    }
}
