package runnel.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import runnel.cli.Command;
import runnel.settings.StartupFailure;

/// `rehearse`: a server starts over a folder in which there are chats, as at most starts, answers some questions of the
/// bench's client with what the bench's model says, and stops. Its JVM (`-XX:AOTCacheOutput`, JEP 514) notes down meanwhile which
/// classes that takes, for the starts to come. Profiles of methods (JEP 515) are left out: only the second compiler, which a
/// server does without, would read them.
public final class Rehearse implements Command {
    private static final List<String> PAGES = List.of("/", "/api/models", "/api/chats", "/api/chats?q=number");
    private static final Load LOAD = new Load(Script.of(20, 100), Optional.empty(), 40, 1, 100);
    private static final List<String> NO_PROFILES =
            List.of("-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:-AOTRecordTraining");

    @Override
    public String name() {
        return "rehearse";
    }

    @Override
    public CommandSpec spec() {
        var cache = PositionalParamSpec.builder().index("0").type(Path.class).paramLabel("FILE").required(true)
                .description("Where the cache goes.").build();
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> run(cache.getValue()));
        spec.addPositional(cache);
        spec.usageMessage().description("Makes a cache of what a server loads, with which the next ones start faster.");
        return spec;
    }

    private static int run(Path cache) throws IOException, InterruptedException {
        try (var workshop = new Workshop()) {
            var model = Reciter.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            workshop.add(model, model::close);
            serve(workshop, model, List.of()); // the first time it makes the database
            var flags = new ArrayList<>(NO_PROFILES);
            flags.addAll(List.of("-XX:AOTCacheOutput=" + cache.toAbsolutePath(), "-Xlog:disable"));
            serve(workshop, model, flags);
            return 0;
        }
    }

    private static void serve(Workshop workshop, Reciter model, List<String> flags) throws IOException, InterruptedException {
        var server = ServerProcess.start(workshop.folder(), model.baseUrl(), flags);
        workshop.add(server, server::close);
        var address = Stage.address(server.url());
        play(new Target.Runnel(address, ""), LOAD);
        for (var page : PAGES) {
            visit(address, page);
        }
        server.end(); // when it ends it writes the cache
    }

    private static void play(Target target, Load load) throws IOException {
        var tally = new Tally();
        new Asker(target, load, tally).run();
        if (!tally.now().allWell()) {
            throw StartupFailure.because("The rehearsal failed. " + tally.complaint().orElse(""));
        }
    }

    private static void visit(InetSocketAddress server, String page) throws IOException {
        try (var socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write(("GET " + page + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            socket.getInputStream().readAllBytes();
        }
    }
}
