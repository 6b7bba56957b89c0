package io.tidewatch.notifier.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate that its own key has signed, made with the JDK's keytool.
 *
 * @param pem the certificate alone, for those who are to trust it
 */
record TestCertificate(SSLContext context, Path pem) {
    private static final String PASSWORD = "changeit";

    /** @param names alternative names as keytool writes them, such as {@code ip:127.0.0.1} */
    static TestCertificate of(Path directory, String names) throws Exception {
        Path store = Files.createTempDirectory(directory, "certificate").resolve("server.p12");
        Path pem = store.resolveSibling("server.pem");
        keytool(
                store,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=mail.test",
                "-ext",
                "san=" + names);
        keytool(store, "-exportcert", "-rfc", "-file", pem.toString());
        return new TestCertificate(context(store), pem);
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.of(arguments),
                        Stream.of(
                                "-alias",
                                "server",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                store.toString(),
                                "-storepass",
                                PASSWORD))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + output);
        }
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
