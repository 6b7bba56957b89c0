package io.tidewatch.notifier.mail;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A server's certificate, made with the JDK's keytool.
 *
 * @param pem the certificate of who has signed it, for those who are to trust that
 * @param store with the server's certificate and its key, PKCS12
 * @param chain the server's own certificate, and its key, in PEM
 */
public record TestCertificate(SSLContext context, Path pem, Path store, Path chain) {
    /** Of the store. */
    public static final String PASSWORD = "changeit";

    /**
     * One that its own key has signed.
     *
     * @param names alternative names as keytool writes them, such as {@code ip:127.0.0.1}
     */
    public static TestCertificate of(Path directory, String names) throws Exception {
        Path store = Files.createTempDirectory(directory, "certificate").resolve("server.p12");
        Path pem = store.resolveSibling("server.pem");
        generate(store, "-ext", "san=" + names);
        keytool(store, "-exportcert", "-rfc", "-file", pem.toString());
        return read(store, pem);
    }

    /** One that an authority has signed, for a time that is over. */
    public static TestCertificate expired(Path directory, String names) throws Exception {
        Path made = Files.createTempDirectory(directory, "expired");
        Path authority = made.resolve("authority.p12");
        Path pem = made.resolve("authority.pem");
        Path request = made.resolve("request.csr");
        Path signed = made.resolve("signed.pem");
        Path store = made.resolve("server.p12");
        generate(authority, "-ext", "bc:c", "-dname", "CN=authority.test");
        keytool(authority, "-exportcert", "-rfc", "-file", pem.toString());
        generate(store, "-dname", "CN=mail.test");
        keytool(store, "-certreq", "-file", request.toString());
        keytool(
                authority,
                "-gencert",
                "-infile",
                request.toString(),
                "-rfc",
                "-outfile",
                signed.toString(),
                "-startdate",
                "-10d",
                "-validity",
                "3",
                "-ext",
                "san=" + names);
        keytool(store, "-importcert", "-noprompt", "-trustcacerts", "-file", pem.toString(), "-alias", "authority");
        keytool(store, "-importcert", "-noprompt", "-file", signed.toString());
        return read(store, pem);
    }

    private static void generate(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1"));
        all.addAll(List.of(arguments));
        if (!all.contains("-dname")) {
            all.addAll(List.of("-dname", "CN=mail.test"));
        }
        keytool(store, all.toArray(String[]::new));
    }

    private static TestCertificate read(Path store, Path pem) throws IOException, GeneralSecurityException {
        KeyStore keys = keys(store);
        Path chain = store.resolveSibling("chain.pem");
        Files.writeString(
                chain,
                pem("PRIVATE KEY", keys.getKey("server", PASSWORD.toCharArray()).getEncoded())
                        + pem("CERTIFICATE", keys.getCertificate("server").getEncoded()));
        return new TestCertificate(context(keys), pem, store, chain);
    }

    private static String pem(String what, byte[] encoded) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + what
                + "-----\n";
    }

    private static void keytool(Path store, String... arguments) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.of(arguments),
                        List.of(arguments).contains("-alias") ? Stream.<String>of() : Stream.of("-alias", "server"),
                        Stream.of("-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("keytool failed: " + output);
        }
    }

    private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        return keys;
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
