package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import runnel.chat.Problem;
import runnel.upstream.Models.Model;
import runnel.upstream.UpstreamException;

/// What all calls to one server share.
record ModelServer(Endpoint endpoint, Transport transport, Dialects dialects, Watchdog watchdog, UpstreamLog log)
        implements AutoCloseable {

    /// @param listing for how long it may say nothing when it is asked for its list of models
    static ModelServer at(Endpoint endpoint, Duration listing) {
        return new ModelServer(endpoint, new Transport(endpoint, listing), new Dialects(), new Watchdog(),
                new UpstreamLog(endpoint.baseUrl().getAuthority(), endpoint.secrets()));
    }

    /// Asks for the list of models, and waits for it.
    ///
    /// @throws UpstreamException where none comes
    List<Model> models() {
        endpoint.unset().ifPresent(why -> {
            throw new UpstreamException(why);
        });
        try {
            var fetched = transport.get(endpoint.at("models"));
            if (!fetched.isSuccessful()) {
                var refusal = ErrorResponse.of(fetched.status(), fetched.retryAfter(), fetched.body());
                log.refusal(refusal);
                throw new UpstreamException(isMissing(refusal) ? UpstreamProblems.NO_LIST : UpstreamProblems.ofStatus(refusal));
            }
            return started(ModelCatalog.read(fetched.body()));
        } catch (JsonProcessingException e) {
            throw new UpstreamException(UpstreamProblems.NOT_AN_API);
        } catch (IOException e) {
            log.failure(e);
            throw new UpstreamException(whyNot(e));
        }
    }

    /// llama-server lists the context that its model was trained with, and tells elsewhere with how much of it it was started.
    private List<Model> started(List<Model> models) throws IOException {
        if (models.size() != 1 || !models.getFirst().owner().equals("llamacpp")) {
            return models;
        }
        var props = transport.get(endpoint.beside("props"));
        var model = props.isSuccessful() ? ModelCatalog.started(models.getFirst(), props.body()) : models.getFirst();
        if (props.isSuccessful() && model.contextTokens().isPresent()) {
            dialects.learn(model.id(), known -> known.withContext(model.contextTokens()));
        }
        return List.of(model);
    }

    private static boolean isMissing(ErrorResponse refusal) {
        return switch (refusal.status()) {
            case 404, 405, 501 -> true;
            default -> false;
        };
    }

    private Problem whyNot(Exception failure) {
        return switch (failure) {
            case Transport.Oversized _ -> UpstreamProblems.OVERSIZED;
            case InterruptedIOException _ -> UpstreamProblems.listTooSlow(transport.listing());
            default -> ConnectFailure.of(failure);
        };
    }

    @Override
    public void close() {
        transport.close();
        watchdog.close();
    }
}
