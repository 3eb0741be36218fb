package runnel.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// A file of certificates in PEM (RFC 7468), one behind the other.
final class CertificateFile {
    private CertificateFile() {}

    static Optional<List<X509Certificate>> read(String path) {
        try (var in = Files.newInputStream(Path.of(path))) {
            var found = CertificateFactory.getInstance("X.509").generateCertificates(in);
            var all = found.stream().map(X509Certificate.class::cast).toList();
            return Optional.of(all).filter(some -> !some.isEmpty());
        } catch (IOException | CertificateException | InvalidPathException wrong) {
            return Optional.empty();
        }
    }
}
