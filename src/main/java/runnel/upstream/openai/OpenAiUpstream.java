package runnel.upstream.openai;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import runnel.upstream.Call;
import runnel.upstream.Models;
import runnel.upstream.Question;
import runnel.upstream.Relay;
import runnel.upstream.RelayRequest;
import runnel.upstream.Upstream;

/// Any server that speaks OpenAI's Chat Completions API: OpenAI, Ollama, llama.cpp, vLLM, a gateway.
///
/// It opens no connection before it is asked for something. A question takes one request, which is never repeated on a
/// failure; redirects are not followed, so that key and chat go to the configured address only.
public final class OpenAiUpstream implements Upstream {
    private final ModelServer server;
    private final ModelList list;

    public OpenAiUpstream(Endpoint endpoint) {
        this(endpoint, Duration.ofSeconds(60), Duration.ofSeconds(5));
    }

    /// @param fresh  how long a list of models is good
    /// @param failed how long it is remembered that none came
    OpenAiUpstream(Endpoint endpoint, Duration fresh, Duration failed) {
        server = ModelServer.at(endpoint);
        list = new ModelList(server, fresh, failed);
    }

    @Override
    public Call prepare(Question question) {
        return new OpenAiCall(server, list, question);
    }

    @Override
    public Relay relay(RelayRequest request, Relay.Ended ended) {
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
    public OptionalLong contextTokens(String model) {
        var learned = server.dialects().of(model).contextTokens();
        return learned.isPresent() ? learned
                : knownModels().stream().flatMap(models -> models.models().stream()).filter(known -> known.id().equals(model))
                .map(Models.Model::contextTokens).findFirst().orElse(OptionalLong.empty());
    }

    /// Ends the answers that still run; they fail as broken off unless they were cancelled.
    @Override
    public void close() {
        server.close();
    }
}
