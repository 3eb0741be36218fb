package runnel.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import runnel.cli.Command;
import runnel.cli.Refused;

/// `rehearse`: the server starts over a folder that it knows, as at most starts, answers some hundred questions of the
/// bench's client with what the bench's model says, and stops. A JVM that is told to (`-XX:AOTCacheOutput`, JEP 514) notes down meanwhile which classes
/// and methods that takes, for the starts to come.
public final class Rehearse implements Command {
    /// A server in this process.
    public interface Server extends AutoCloseable {
        URI url();

        @Override
        void close();
    }

    private static final String NAME = "rehearse";
    private static final List<String> PAGES = List.of("/", "/api/models", "/api/chats", "/api/chats?q=number");
    private static final List<Load> LOADS = List.of(new Load(Script.of(20, 1_000), Optional.empty(), 300, 1, 100),
            new Load(Script.of(200, 100), Optional.empty(), 40, 1, 100));

    private final Function<Map<String, String>, Server> start;

    /// @param start starts a server with these settings, by their names
    public Rehearse(Function<Map<String, String>, Server> start) {
        this.start = start;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) this::run);
        spec.usageMessage().description("Starts and stops a server of its own, for a JVM that makes an archive of what it loads.");
        return spec;
    }

    /// Without picocli, which would get into the archive.
    @Override
    public Optional<Callable<Integer>> plain(String... args) {
        return List.of(args).equals(List.of(NAME)) ? Optional.of(this::run) : Optional.empty();
    }

    private int run() throws IOException, InterruptedException {
        try (var workshop = new Workshop()) {
            var model = Reciter.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            workshop.add(model, model::close);
            ServerProcess.start(workshop.folder(), model.baseUrl()).close(); // the first time it makes the database
            var server = start.apply(ServerProcess.settings(workshop.folder(), model.baseUrl()));
            workshop.add(server, server::close);
            var address = Stage.address(server.url());
            for (var load : LOADS) {
                play(new Target.Runnel(address, ""), load);
            }
            for (var page : PAGES) {
                visit(address, page);
            }
            return 0;
        }
    }

    private static void play(Target target, Load load) throws IOException {
        var tally = new Tally();
        new Asker(target, load, tally).run();
        if (!tally.now().allWell()) {
            throw Refused.because("The rehearsal failed. " + tally.complaint().orElse(""));
        }
    }

    private static void visit(InetSocketAddress server, String page) throws IOException {
        try (var socket = new Socket(server.getAddress(), server.getPort())) {
            socket.getOutputStream().write(("GET " + page + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            socket.getInputStream().readAllBytes();
        }
    }
}
