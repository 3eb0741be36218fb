package runnel.upstream.openai;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import runnel.chat.Problem;
import runnel.chat.Sha256;
import runnel.upstream.Call;
import runnel.upstream.Lessons;
import runnel.upstream.Models;
import runnel.upstream.NotAsked;
import runnel.upstream.Question;
import runnel.upstream.Relay;
import runnel.upstream.RelayRequest;
import runnel.upstream.Upstream;
import runnel.upstream.UpstreamException;

/// Any server that speaks OpenAI's Chat Completions API: OpenAI, Ollama, llama.cpp, vLLM, a gateway.
///
/// It opens no connection before it is asked for something. A question takes one request, which is never repeated on a
/// failure; redirects are not followed, so that key and chat go to the configured address only.
public final class OpenAiUpstream implements Upstream {
    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Duration FAILED = Duration.ofSeconds(5);

    private final ModelServer server;
    private final ModelList list;

    public OpenAiUpstream(Endpoint endpoint) {
        this(endpoint, FRESH, FAILED);
    }

    /// @param listing for how long it may say nothing when it is asked for its list of models
    OpenAiUpstream(Endpoint endpoint, Duration listing) {
        server = ModelServer.at(endpoint, listing);
        list = new ModelList(server, FRESH, FAILED);
    }

    /// @param fresh  how long a list of models is good
    /// @param failed how long it is remembered that none came
    OpenAiUpstream(Endpoint endpoint, Duration fresh, Duration failed) {
        server = ModelServer.at(endpoint, Transport.LISTING);
        list = new ModelList(server, fresh, failed);
    }

    /// Keeps what it learns of its models over restarts; another address is another server.
    public OpenAiUpstream keepingIn(Lessons lessons) {
        server.dialects().keepIn(lessons, Sha256.hex(endpoint().baseUrl().toString()));
        return this;
    }

    public Endpoint endpoint() {
        return server.endpoint();
    }

    /// Complete when the list of models came, or did not, for the first time.
    CompletableFuture<Void> tried() {
        return list.tried();
    }

    /// Why there is no list of models, or none newer than the known one; nothing where none is needed.
    Optional<Problem> failure() {
        return list.failure().filter(why -> knownModels().isEmpty() || !why.code().equals(UpstreamProblems.NO_LIST.code()));
    }

    @Override
    public Call prepare(Question question) {
        return server.endpoint().unset().<Call>map(NotAsked::new).orElseGet(() -> new OpenAiCall(server, list, question));
    }

    @Override
    public Relay relay(RelayRequest request, Relay.Ended ended) {
        endpoint().unset().ifPresent(why -> {
            throw new UpstreamException(why);
        });
        return new OpenAiRelay(server, request, ended);
    }

    @Override
    public Models models() {
        return list.now();
    }

    @Override
    public Optional<Models> knownModels() {
        return list.known();
    }

    @Override
    public Optional<Long> contextTokens(String model) {
        return endpoint().provider().offer().contextOf(model).or(() -> server.dialects().of(model).contextTokens())
                .or(() -> knownModels().stream().flatMap(models -> models.models().stream()).filter(known -> known.id().equals(model))
                        .findFirst().flatMap(Models.Model::contextTokens));
    }

    @Override
    public boolean sees(String model) {
        return list.sees(model);
    }

    /// Ends the answers that still run; they fail as broken off unless they were cancelled.
    @Override
    public void close() {
        server.close();
    }
}
