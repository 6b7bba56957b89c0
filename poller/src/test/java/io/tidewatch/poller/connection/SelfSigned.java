package io.tidewatch.poller.connection;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Makes TLS servers' certificates with the JDK's keytool, when a test needs one. */
public final class SelfSigned {
    private static final String PASSWORD = "changeit";
    private static final String ALIAS = "server";

    private SelfSigned() {}

    /**
     * TLS with a fresh certificate that its own key has signed.
     *
     * @param names alternative names as keytool writes them, such as {@code dns:web.test}
     * @param days how long it is good for, from its start
     * @param start when it begins to be good, as keytool writes it, such as {@code -10d}
     */
    public static SSLContext context(Path directory, String names, int days, String start) throws Exception {
        Path store = directory.resolve("server.p12");
        Files.deleteIfExists(store);
        keytool(
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=web.test, O=Tidewatch",
                "-ext",
                "san=" + names,
                "-validity",
                Integer.toString(days),
                "-startdate",
                start,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD);
        return context(store);
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        String[] command = new String[arguments.length + 1];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + output);
        }
    }

    /** The certificate of the context that was last made in a directory. */
    static X509Certificate certificate(Path directory) throws Exception {
        return (X509Certificate) keys(directory.resolve("server.p12")).getCertificate(ALIAS);
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys(store), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }
}
