package io.tidewatch.benchmarks.restart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StandbyLagTest {
    @Test
    void isTheSumOverAllStores() {
        assertThat(StandbyLag.in("""
                        # TYPE kafka_consumer_fetch_manager_records_lag gauge
                        kafka_consumer_fetch_manager_records_lag{client_id="a-restore-consumer",partition="0"} 3.0
                        kafka_consumer_fetch_manager_records_lag{client_id="a-restore-consumer",partition="1"} 4.0
                        kafka_consumer_fetch_manager_records_lag{client_id="a-restore-consumer",partition="2"} NaN
                        kafka_consumer_fetch_manager_records_lag{client_id="a-StreamThread-1-consumer",partition="0"} 90.0
                        kafka_consumer_fetch_manager_records_lag_max{client_id="a-restore-consumer"} 50.0
                        """)).hasValue(7.0);
    }

    @Test
    void isUnknownBeforeTheFirstFetch() {
        assertThat(StandbyLag.in("jvm_threads 3\n")).isEmpty();
    }
}
