package io.tidewatch.notifier.task;

import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Incident;
import org.jspecify.annotations.Nullable;

/** Where a task's news go: into the transaction in which the input's offset is committed. Called on the task's thread. */
interface Output {
    /** @param incident null when the alarm was deleted and nobody has to hear of it any more */
    void publish(String alarmKey, @Nullable Incident incident);

    void publish(Delivery delivery);

    void publish(DeliveryAttempt attempt);
}
