package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.notifier.http.OperatorProxy;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.mail.MailSecurity;
import io.tidewatch.notifier.mail.MailSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The list of channels. */
final class ChannelsTest {
    private static final MailSettings MAIL = new MailSettings(
            "localhost",
            25,
            MailSecurity.NONE,
            Optional.empty(),
            "tw@example.test",
            Optional.empty(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    @Test
    void hasAllThereAre() {
        try (OutgoingHttp http = new OutgoingHttp(
                new AddressPolicy(List.of(), List.of()),
                OperatorProxy.NONE,
                Duration.ofSeconds(1),
                Clock.systemUTC())) {
            assertThat(new Channels(http, Optional.of(MAIL), Optional.empty()).types())
                    .containsExactlyInAnyOrder(
                            "webhook",
                            "email",
                            "pagerduty",
                            "alertmanager",
                            "slack",
                            "msteams",
                            "victorops",
                            "cloudevents",
                            "custom");
            assertThat(new Channels(http, Optional.empty(), Optional.empty()).of("email"))
                    .isEmpty();
            assertThat(new Channels(http, Optional.empty(), Optional.empty()).of("webhook"))
                    .isPresent();
        }
    }
}
