package runnel.upstream.openai;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import runnel.chat.Problem;
import runnel.settings.Provider;
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
    private Optional<Problem> failure = Optional.empty();
    private boolean came;
    private final CompletableFuture<Void> tried = new CompletableFuture<>();
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
            return last().orElseGet(latest::join);
        } catch (CompletionException e) {
            throw e.getCause() instanceof UpstreamException failed ? new UpstreamException(failed.problem()) : e;
        }
    }

    /// The list where it is there already, without waiting. Where it is not, it is fetched for whoever asks later.
    Optional<Models> known() {
        latest();
        return last();
    }

    private synchronized Optional<Models> last() {
        return last;
    }

    /// Complete when the list came, or did not, for the first time.
    CompletableFuture<Void> tried() {
        latest();
        return tried;
    }

    /// Why there is no list, or none newer than the one that is known.
    synchronized Optional<Problem> failure() {
        return failure;
    }

    /// What the server says of whose a model is, which tells what kind of server it is; empty where it does not. Waits as [#now] does.
    String ownerOf(String model) {
        return listed(model).map(Model::owner).orElse("");
    }

    /// Whether a model sees images: the server's word or the operator's, or what is known of such names. Waits as [#now] does.
    ///
    /// @throws UpstreamException where all that speaks against it is its name, since no list could be had yet
    boolean sees(String model) {
        boolean sees = listed(model).orElseGet(() -> corrected(unlisted(model))).vision();
        outage().filter(_ -> !sees).ifPresent(why -> {
            throw new UpstreamException(why);
        });
        return sees;
    }

    private Optional<Model> listed(String model) {
        try {
            return now().models().stream().filter(known -> known.id().equals(model)).findFirst();
        } catch (UpstreamException nobodyKnows) {
            return Optional.empty();
        }
    }

    private synchronized Optional<Problem> outage() {
        return failure.filter(why -> !came && UpstreamProblems.isOutage(why));
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
            var models = offered(server.models());
            ended(Optional.of(models), Optional.empty());
            fetched.complete(models);
        } catch (UpstreamException e) {
            var why = new UpstreamException(server.endpoint().named(e.problem()));
            // Not every server has a list; models that somebody set are enough to work with.
            boolean enough = server.endpoint().unset().isEmpty() && (preferred().isPresent() || !offer().models().isEmpty());
            var models = Optional.of(List.<Model>of()).filter(_ -> enough).map(this::offered);
            ended(models.filter(_ -> last.isEmpty()), Optional.of(why.problem()));
            models.ifPresentOrElse(fetched::complete, () -> fetched.completeExceptionally(why));
        } catch (Throwable e) {
            ended(Optional.empty(), Optional.of(UpstreamProblems.ERROR));
            fetched.completeExceptionally(e);
        }
    }

    private synchronized void ended(Optional<Models> models, Optional<Problem> why) {
        last = models.or(() -> last);
        failure = why;
        came |= why.isEmpty();
        nextFetchNanos = System.nanoTime() + (why.isPresent() ? failed : fresh).toNanos();
        tried.complete(null);
    }

    /// What is offered of what the server lists, with what is known besides.
    private Models offered(List<Model> listed) {
        var all = offer().models().isEmpty() ? listed : offer().models().stream()
                .map(id -> listed.stream().filter(model -> model.id().equals(id)).findFirst().orElse(unlisted(id))).toList();
        return withPreferred(all.stream().map(this::corrected).toList());
    }

    private Model corrected(Model model) {
        var context = offer().contextOf(model.id());
        return new Model(model.id(), context.isPresent() ? context : model.contextTokens(),
                model.vision() || offer().vision().contains(model.id()), model.owner());
    }

    private static Model unlisted(String id) {
        return new Model(id, Optional.empty(), ModelCatalog.soundsSeeing(id), "");
    }

    private Provider.Offer offer() {
        return server.endpoint().provider().offer();
    }

    private Models withPreferred(List<Model> listed) {
        if (preferred().isEmpty()) {
            return new Models(listed, ModelCatalog.firstForChat(listed));
        }
        String id = preferred().get();
        var models = new ArrayList<>(listed);
        if (models.stream().noneMatch(model -> model.id().equals(id))) {
            models.addFirst(corrected(unlisted(id)));
        }
        return new Models(models, id);
    }

    private Optional<String> preferred() {
        return server.endpoint().preferredModel();
    }
}
