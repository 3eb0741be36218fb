package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import runnel.chat.Problem;
import runnel.upstream.Models;
import runnel.upstream.Models.Model;
import runnel.upstream.UpstreamException;

/// The server's list of models (`GET /models`), asked for at most once a minute however many want it.
final class ModelList {
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final ModelServer server;
    private final ReentrantLock refresh = new ReentrantLock();
    private Models last;
    private long lastNanos;

    ModelList(ModelServer server) {
        this.server = server;
    }

    Models now() {
        refresh.lock();
        try {
            if (last == null || System.nanoTime() - lastNanos > FRESH.toNanos()) {
                last = withPreferred(listedOrPreferred());
                lastNanos = System.nanoTime();
            }
            return last;
        } finally {
            refresh.unlock();
        }
    }

    /// What the server says of whose a model is, which tells what kind of server it is; empty where it does not.
    String ownerOf(String model) {
        try {
            return now().models().stream().filter(known -> known.id().equals(model)).map(Model::owner).findFirst().orElse("");
        } catch (UpstreamException nobodyKnows) {
            return "";
        }
    }

    /// Not every server has a list; a model that somebody set is enough to work with.
    private List<Model> listedOrPreferred() {
        try {
            return listed();
        } catch (UpstreamException e) {
            if (preferred().isEmpty()) {
                throw e;
            }
            return List.of();
        }
    }

    private Models withPreferred(List<Model> listed) {
        if (preferred().isEmpty()) {
            return new Models(listed, ModelCatalog.firstForChat(listed));
        }
        String id = preferred().get();
        var models = new ArrayList<>(listed);
        if (models.stream().noneMatch(model -> model.id().equals(id))) {
            models.addFirst(new Model(id, OptionalLong.empty()));
        }
        return new Models(models, id);
    }

    private Optional<String> preferred() {
        return server.endpoint().preferredModel();
    }

    private List<Model> listed() {
        try {
            var fetched = server.transport().models();
            if (!fetched.isSuccessful()) {
                var refusal = ErrorResponse.of(fetched.status(), fetched.retryAfter(), fetched.body());
                server.log().refusal(refusal);
                throw new UpstreamException(Diagnosis.ofStatus(refusal));
            }
            return ModelCatalog.read(fetched.body());
        } catch (JsonProcessingException e) {
            throw new UpstreamException(UpstreamProblems.NOT_AN_API);
        } catch (IOException e) {
            server.log().failure(e);
            throw new UpstreamException(whyNot(e));
        }
    }

    private static Problem whyNot(Exception failure) {
        return failure instanceof Transport.Oversized ? UpstreamProblems.OVERSIZED : Diagnosis.ofConnecting(failure);
    }
}
