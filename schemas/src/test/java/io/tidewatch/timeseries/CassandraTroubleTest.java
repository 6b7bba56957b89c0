package io.tidewatch.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.DriverTimeoutException;
import com.datastax.oss.driver.api.core.auth.AuthenticationException;
import com.datastax.oss.driver.api.core.connection.ConnectionInitException;
import com.datastax.oss.driver.internal.core.metadata.DefaultEndPoint;
import io.tidewatch.settings.Settings;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** What needs no server; the rest is in CassandraErrorsIT. */
final class CassandraTroubleTest {
    private final CassandraTrouble trouble = trouble(Map.of(CassandraSettings.USERNAME, "writer"));

    @Test
    void namesTheHostThatIsUnknownAndNotTheOthers() {
        ConnectionInitException failure = new ConnectionInitException(
                "init failed", new UnknownHostException("b.invalid: Name or service not known"));

        assertThat(trouble.sentence(failure))
                .isEqualTo("Cassandra can't be reached: the host b.invalid is unknown. Mend cassandra.contact.points");
    }

    @Test
    void repeatsWhatTheServerSaysAboutTheRole() {
        assertThat(trouble.sentence(
                        denied("server replied with 'writer is not permitted to log in' to AuthResponse request")))
                .isEqualTo(
                        "Cassandra at localhost:9042 refuses the role writer: writer is not permitted to log in. Mend"
                                + " cassandra.username and cassandra.password, or the role");
    }

    @Test
    void asksForCredentialsWhereNoneAreSet() {
        assertThat(trouble(Map.of()).sentence(denied("Node requires authentication")))
                .isEqualTo(
                        "Cassandra at localhost:9042 asks for credentials, and none are set. Set cassandra.username and"
                                + " cassandra.password");
    }

    @Test
    void passesOnWhatItDoesNotKnowInOneLine() {
        assertThat(trouble.sentence(new DriverTimeoutException("Query timed out\nafter PT5S.")))
                .isEqualTo("Cassandra at localhost:9042 can't be used: Query timed out after PT5S");
    }

    private static AuthenticationException denied(String message) {
        return new AuthenticationException(
                new DefaultEndPoint(InetSocketAddress.createUnresolved("localhost", 9042)), message);
    }

    private static CassandraTrouble trouble(Map<String, String> settings) {
        return new CassandraTrouble(
                CassandraSettings.from(Settings.of(CassandraSettings.define(new ConfigDef()), settings)));
    }
}
