package runnel.upstream.openai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import runnel.upstream.Models;
import runnel.upstream.Models.Model;
import runnel.upstream.UpstreamException;

/// The server's list of models (`GET /models`). One request at a time fetches it, which all who wait share; where there is a
/// list already, nobody waits for a newer one.
final class ModelList {
    private final ModelServer server;
    private final Duration fresh;
    private final Duration failed;
    private Optional<Models> last = Optional.empty();
    private CompletableFuture<Models> fetching = CompletableFuture.failedFuture(new IllegalStateException("not fetched yet"));
    private long nextFetchNanos = System.nanoTime();

    /// @param fresh  how long a list is good
    /// @param failed how long a failure is remembered
    ModelList(ModelServer server, Duration fresh, Duration failed) {
        this.server = server;
        this.fresh = fresh;
        this.failed = failed;
    }

    /// Waits where there is no list yet.
    ///
    /// @throws UpstreamException where it does not come
    Models now() {
        try {
            var latest = latest();
            return known().orElseGet(latest::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof UpstreamException failed ? new UpstreamException(failed.problem()) : e;
        }
    }

    /// The list where it is there already, without waiting. Where it is not, it is fetched for whoever asks later.
    Optional<Models> known() {
        latest();
        synchronized (this) {
            return last;
        }
    }

    /// What the server says of whose a model is, which tells what kind of server it is; empty where it does not. Waits as [#now] does.
    String ownerOf(String model) {
        try {
            return now().models().stream().filter(known -> known.id().equals(model)).map(Model::owner).findFirst().orElse("");
        } catch (UpstreamException nobodyKnows) {
            return "";
        }
    }

    private synchronized CompletableFuture<Models> latest() {
        if (fetching.isDone() && System.nanoTime() - nextFetchNanos >= 0) {
            var next = new CompletableFuture<Models>();
            fetching = next;
            Thread.ofVirtual().name("model-list").start(() -> fetch(next));
        }
        return fetching;
    }

    private void fetch(CompletableFuture<Models> fetched) {
        try {
            var models = withPreferred(server.models());
            ended(Optional.of(models), fresh);
            fetched.complete(models);
        } catch (UpstreamException e) {
            // Not every server has a list; a model that somebody set is enough to work with.
            var models = preferred().map(_ -> withPreferred(List.of()));
            ended(models.filter(_ -> last.isEmpty()), failed);
            models.ifPresentOrElse(fetched::complete, () -> fetched.completeExceptionally(e));
        } catch (Throwable e) {
            ended(Optional.empty(), failed);
            fetched.completeExceptionally(e);
        }
    }

    private synchronized void ended(Optional<Models> models, Duration pause) {
        last = models.or(() -> last);
        nextFetchNanos = System.nanoTime() + pause.toNanos();
    }

    private Models withPreferred(List<Model> listed) {
        if (preferred().isEmpty()) {
            return new Models(listed, ModelCatalog.firstForChat(listed));
        }
        String id = preferred().get();
        var models = new ArrayList<>(listed);
        if (models.stream().noneMatch(model -> model.id().equals(id))) {
            models.addFirst(new Model(id, OptionalLong.empty(), ""));
        }
        return new Models(models, id);
    }

    private Optional<String> preferred() {
        return server.endpoint().preferredModel();
    }
}
