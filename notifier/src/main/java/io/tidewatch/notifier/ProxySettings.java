package io.tidewatch.notifier;

import io.tidewatch.channels.Proxy;
import io.tidewatch.notifier.http.NoProxy;
import io.tidewatch.notifier.http.OperatorProxy;
import io.tidewatch.notifier.http.ProxyServer;
import io.tidewatch.settings.EachElement;
import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;

/** The settings of the proxy that messages over HTTP go through. */
final class ProxySettings {
    static final String PROXY = "http.proxy";
    static final String USER = "http.proxy.user";
    static final String PASSWORD = "http.proxy.password";
    static final String EXCEPTIONS = "http.no-proxy";

    private ProxySettings() {}

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        PROXY,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "The proxy that messages over HTTP and HTTPS go through, such as http://proxy.example.com:3128; empty"
                                + " for none. A notification's detail proxy can name another one, or none. Its own address is not"
                                + " judged. It resolves receivers' names again, so that it has to refuse addresses itself that must"
                                + " not be reached.")
                .define(
                        USER,
                        Type.STRING,
                        "",
                        Importance.MEDIUM,
                        "Who the notifier is to " + PROXY + "; empty when that asks nobody.")
                .define(PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "The password of " + USER + ".")
                .define(
                        EXCEPTIONS,
                        Type.LIST,
                        List.of(),
                        EachElement.parsesBy(
                                entry -> new NoProxy(List.of(entry)), "hosts, suffixes, addresses and address ranges"),
                        Importance.MEDIUM,
                        "Receivers that are reached without " + PROXY
                                + ", separated by commas: example.com means that host"
                                + " and all below it, .example.com only those, 10.0.0.0/8 all whose addresses are in that range.");
    }

    /** @throws SettingsException saying which of them does not fit */
    static OperatorProxy from(Settings settings) {
        return new OperatorProxy(
                given(settings, PROXY).map(url -> server(settings, url)), new NoProxy(settings.getList(EXCEPTIONS)));
    }

    private static ProxyServer server(Settings settings, String url) {
        try {
            return new ProxyServer(
                    Proxy.parse(url),
                    given(settings, USER)
                            .map(user -> new ProxyServer.Login(
                                    user, settings.getPassword(PASSWORD).value())));
        } catch (IllegalArgumentException e) {
            // Without the URL, in which somebody may have written a password.
            throw new SettingsException("The setting " + PROXY + " " + e.getMessage(), e);
        }
    }

    private static Optional<String> given(Settings settings, String key) {
        return Optional.of(settings.getString(key)).filter(text -> !text.isEmpty());
    }
}
