package runnel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/// A certificate of the loopback address that nobody has signed, as files, and what makes others trust it.
///
/// @param chain file of the certificate (PEM)
/// @param key   file of its private key (PEM)
/// @param store file of a trust store that holds the certificate alone (PKCS 12)
record TrustedCertificate(Path chain, Path key, Path store, SSLContext context) {
    private static final String PASSWORD = "runnel";

    static TrustedCertificate make(Path folder) throws IOException {
        var held = new HeldCertificate.Builder().ecdsa256().commonName("localhost").addSubjectAlternativeName("127.0.0.1")
                .duration(1, TimeUnit.DAYS).build();
        var chain = Files.writeString(folder.resolve("tls.pem"), held.certificatePem());
        var key = Files.writeString(folder.resolve("tls.key"), held.privateKeyPkcs8Pem());
        var context = new HandshakeCertificates.Builder().addTrustedCertificate(held.certificate()).build().sslContext();
        return new TrustedCertificate(chain, key, store(folder.resolve("tls.p12"), held), context);
    }

    private static Path store(Path file, HeldCertificate held) throws IOException {
        try (var out = Files.newOutputStream(file)) {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("model", held.certificate());
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Makes a server with this environment trust the certificate.
    void trustIn(Map<String, String> environment) {
        environment.merge("RUNNEL_JAVA_OPTS", "-Djavax.net.ssl.trustStore=" + store + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD,
                (given, more) -> given + " " + more);
    }
}
