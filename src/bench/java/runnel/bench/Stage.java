package runnel.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;

/// What is there to be measured: the scripted model, and the server in front of it.
///
/// @param idleKb      memory of the server before anybody asked it anything
/// @param readyMillis from the start of the server until it was ready
record Stage(Reciter model, Subject direct, Subject server, URI url, double idleKb, double readyMillis) {
    private static final long SETTLE_MILLIS = 1_500;

    static Stage set(Options options, Progress progress, Workshop workshop) throws IOException, InterruptedException {
        var reciter = Reciter.listen(options.door());
        workshop.add(reciter, reciter::close);
        var direct = new Subject("direct", new Target.Model(reciter.address()), Meter.NOTHING, Optional.empty());
        return options.against().isPresent() ? running(options, progress, reciter, direct)
                : started(progress, workshop, reciter, direct);
    }

    private static Stage started(Progress progress, Workshop workshop, Reciter reciter, Subject direct)
            throws IOException, InterruptedException {
        progress.now("starting a server");
        var process = ServerProcess.start(workshop.folder(), reciter.baseUrl());
        workshop.add(process, process::close);
        Thread.sleep(SETTLE_MILLIS);
        var meter = Meter.of(process.pid());
        double idle = meter.memoryKb(); // before the JVM is looked into, which costs it some
        var server = new Subject("runnel", new Target.Runnel(address(process.url()), ""), meter, Jvm.of(process.pid()));
        return new Stage(reciter, direct, server, process.url(), idle, process.readyMillis());
    }

    private static Stage running(Options options, Progress progress, Reciter reciter, Subject direct)
            throws InterruptedException {
        var url = options.against().orElseThrow();
        var meter = options.pid().isPresent() ? Meter.of(options.pid().getAsLong()) : Meter.NOTHING;
        double idle = meter.memoryKb();
        var jvm = options.pid().isPresent() ? Jvm.of(options.pid().getAsLong()) : Optional.<Jvm>empty();
        var server = new Subject("runnel", new Target.Runnel(address(url), options.token()), meter, jvm);
        var stage = new Stage(reciter, direct, server, url, idle, Double.NaN);
        stage.tryOut(options, progress);
        return stage;
    }

    /// One short stream, to find out whether the server gets to the model at all.
    private void tryOut(Options options, Progress progress) throws InterruptedException {
        var load = Load.of(Script.of(3, 10), 1, 1).asking(options.model());
        var tried = new Run(progress, "trying the server out", server, load).measure();
        if (!tried.allWell()) {
            throw new BenchException(1, "The server at " + url + " did not answer with what the scripted model says. "
                    + tried.complaint().orElse("")
                    + "\nStart it with OPENAI_BASE_URL=" + model.baseUrl() + " and any OPENAI_API_KEY, name another address "
                    + "with --upstream, or use a model of its own with --model.");
        }
    }

    /// nginx in the server's place, in front of the same model.
    Subject nginx(Workshop workshop) throws IOException, InterruptedException {
        var nginx = NginxProcess.start(workshop.folder(), model.address());
        workshop.add(nginx, nginx::close);
        return new Subject("nginx", new Target.Model(nginx.address()), Meter.of(nginx.pid()), Optional.empty());
    }

    static InetSocketAddress address(URI url) {
        return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
    }
}
