package runnel.upstream.openai;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import runnel.settings.Provider;
import runnel.upstream.UpstreamException;

/// Looks for model servers on this machine where they usually listen. Each is asked once for its list of models, without a key.
public final class Discovery {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    /// The same with what this machine needs to begin, which may be busy with everything else that starts.
    private static final Duration WHOLE = Duration.ofSeconds(3);
    private static final Executor THREADS = Thread::startVirtualThread;

    /// Where a kind of server usually listens.
    public record Place(String id, String name, int port) {}

    private static final List<Place> USUAL = List.of(new Place("ollama", "Ollama", 11434), new Place("llama.cpp", "llama.cpp", 8080),
            new Place("lm-studio", "LM Studio", 1234), new Place("vllm", "vLLM", 8000));

    private final List<Place> places;
    private final Function<Provider, Endpoint> endpoint;

    /// @param places   where to look
    /// @param endpoint how one is asked
    public Discovery(List<Place> places, Function<Provider, Endpoint> endpoint) {
        this.places = List.copyOf(places);
        this.endpoint = endpoint;
    }

    /// All but the port that the server itself listens on.
    public static List<Place> usual(int own) {
        return USUAL.stream().filter(place -> place.port() != own).toList();
    }

    /// Those that answer within [#PATIENCE], in the order of the places.
    public CompletableFuture<List<OpenAiUpstream>> look() {
        var looks = places.stream().map(place -> CompletableFuture.supplyAsync(() -> at(place), THREADS)
                .completeOnTimeout(Optional.empty(), WHOLE.toMillis(), TimeUnit.MILLISECONDS)).toList();
        return CompletableFuture.allOf(looks.toArray(CompletableFuture[]::new))
                .thenApplyAsync(_ -> looks.stream().flatMap(look -> look.join().stream()).toList(), THREADS);
    }

    private Optional<OpenAiUpstream> at(Place place) {
        if (!isOpen(place.port())) {
            return Optional.empty();
        }
        var provider = new Provider(place.id(), place.name() + " on this machine", URI.create("http://127.0.0.1:" + place.port() + "/v1"),
                new Provider.Access(Optional.empty(), Map.of(), Set.of(), Map.of()), Provider.Api.CHAT, Provider.Offer.WHATEVER_IT_LISTS);
        var upstream = new OpenAiUpstream(endpoint.apply(provider), PATIENCE);
        if (answers(upstream)) {
            LoggerFactory.getLogger("runnel.upstream").info("{} was found at {} and is offered. DISCOVER=off forbids that.", place.name(),
                    provider.url());
            return Optional.of(upstream);
        }
        upstream.close();
        return Optional.empty();
    }

    /// Most of these ports are closed, which costs nothing to find out in this way.
    private static boolean isOpen(int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    /// One that has no models yet is one. Another Runnel is none: each would ask the other.
    private static boolean answers(OpenAiUpstream upstream) {
        try {
            return upstream.models().models().stream().noneMatch(model -> model.owner().equals("runnel"));
        } catch (UpstreamException e) {
            return e.problem().code().equals(UpstreamProblems.NO_MODELS.code());
        }
    }
}
