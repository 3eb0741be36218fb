package runnel.upstream.openai;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import runnel.settings.Outbound;

/// An authority that nobody knows, and a server's certificate that it has signed.
public final class TestAuthority {
    private final HeldCertificate root = new HeldCertificate.Builder().ecdsa256().certificateAuthority(0).commonName("test authority").build();

    public X509Certificate certificate() {
        return root.certificate();
    }

    /// The certificate as a file has it.
    public String pem() {
        return root.certificatePem();
    }

    /// What a server of these names speaks TLS with.
    public SSLContext server(String... names) {
        var certificate = new HeldCertificate.Builder().ecdsa256().signedBy(root);
        for (String name : names) {
            certificate.addSubjectAlternativeName(name);
        }
        return new HandshakeCertificates.Builder().heldCertificate(certificate.build()).build().sslContext();
    }

    /// The way of one who trusts this authority.
    public Outbound trusting() {
        return new Outbound(List.of(certificate()), Optional.empty(), Optional.empty(), Outbound.DIRECT.noProxy());
    }
}
