package runnel.bench;

import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/// What is there to be measured: the scripted model, and a server in front of it.
///
/// @param modelUrl    where the server asks the model
/// @param server      the server
/// @param idleKb      its memory before anybody asked it anything
/// @param readyMillis from its start until it was ready
record BenchSetup(ScriptedModel model, URI modelUrl, Optional<SSLContext> tls, BenchSubject server, double idleKb, double readyMillis) {
    private static final long SETTLE_MILLIS = 1_500;

    /// @param tls whether the model speaks TLS and HTTP/2, by an nginx of its own, so that it costs the bench nothing
    static BenchSetup start(BenchFolder folder, boolean tls) throws IOException, InterruptedException {
        var model = ScriptedModel.start();
        folder.add(model, model::close);
        Optional<TrustedCertificate> certificate = tls ? Optional.of(TrustedCertificate.make(folder.path())) : Optional.empty();
        URI modelUrl = tls ? secured(folder, model, certificate.orElseThrow()) : model.url();
        var process = ServerProcess.start(folder.path(), modelUrl, certificate);
        folder.add(process, process::close);
        Thread.sleep(SETTLE_MILLIS);
        var meter = Meter.of(process.pid());
        double idle = meter.memoryKb(); // before the JVM is looked into, which costs it some
        var server = new BenchSubject("runnel", Target.runnel(process.url()), meter, Jvm.of(process.pid()));
        return new BenchSetup(model, modelUrl, certificate.map(TrustedCertificate::context), server, idle, process.readyMillis());
    }

    private static URI secured(BenchFolder folder, ScriptedModel model, TrustedCertificate certificate)
            throws IOException, InterruptedException {
        var nginx = NginxProcess.tls(folder.path(), model.url(), certificate);
        return folder.add(nginx, nginx::close).url();
    }

    /// The model alone, as the server sees it.
    BenchSubject direct() {
        return new BenchSubject("direct", new Target(modelUrl, false, tls), Meter.NOTHING, Optional.empty());
    }

    /// nginx in the server's place, in front of the same model.
    BenchSubject nginx(BenchFolder folder) throws IOException, InterruptedException {
        var nginx = NginxProcess.relay(folder.path(), modelUrl);
        folder.add(nginx, nginx::close);
        return new BenchSubject("nginx", new Target(nginx.url(), false, Optional.empty()), Meter.of(nginx.pid()), Optional.empty());
    }
}
