package runnel.upstream.openai;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import runnel.chat.Problem;
import runnel.settings.Provider;
import runnel.upstream.Call;
import runnel.upstream.Models;
import runnel.upstream.Models.Model;
import runnel.upstream.NotAsked;
import runnel.upstream.Question;
import runnel.upstream.Relay;
import runnel.upstream.RelayRequest;
import runnel.upstream.Upstream;
import runnel.upstream.UpstreamException;

/// All model servers as one. Where there are several, a model is called `provider/model`; its own name works too as long as it means
/// one model. Each server's list is fetched by itself, and what is known of it is good while a newer one is fetched.
public final class Providers implements Upstream {
    private static final Problem NOT_OFFERED =
            new Problem("model-not-offered", 422, "Model not offered", "This server does not offer that model. Choose another.");

    private final CompletableFuture<List<Server>> servers;
    private final CompletableFuture<FirstLists> firstLists;
    private final Optional<String> wanted;

    /// @param any whether it is asked for models that are not in its list
    private record Server(OpenAiUpstream upstream, boolean any) {
        String id() {
            return upstream.endpoint().provider().id();
        }

        boolean lists(String model) {
            return upstream.knownModels().filter(known -> known.has(model)).isPresent();
        }

        /// Where there is no list, nothing is known to be missing in it, and the server itself says what it has.
        boolean offers(String model) {
            return any || upstream.knownModels().map(known -> known.preferred().equals(model) || known.has(model)).orElse(true);
        }

        /// A chat that was brought in may name any model: its question fails without being asked.
        Call prepare(Question question) {
            return offers(question.model()) ? upstream.prepare(question) : new NotAsked(NOT_OFFERED);
        }
    }

    /// @param server the one that is asked
    /// @param model  what it calls the model
    public record Route(OpenAiUpstream upstream, String model) {}

    /// What is known of one model server.
    ///
    /// @param models  by the names that people use
    /// @param problem why there is no list, or none newer than this
    public record Listing(Provider provider, List<Model> models, State state, Optional<Problem> problem) {}

    public enum State { OK, PENDING, UNAVAILABLE }

    /// @param found  complete when it is known which there are; at least one
    /// @param any    whether people may ask for models that are in no list
    /// @param wanted the model to use when nobody chose
    public Providers(CompletableFuture<List<OpenAiUpstream>> found, boolean any, Optional<String> wanted) {
        this.wanted = wanted;
        servers = found.thenApply(all -> all.stream().map(each -> new Server(each, any)).toList());
        if (!any) {
            found.thenAccept(all -> all.forEach(OpenAiUpstream::tried)); // begins to fetch the lists
        }
        firstLists = found.thenApply(FirstLists::new);
    }

    public static Providers of(List<Endpoint> endpoints, boolean any, Optional<String> wanted) {
        return new Providers(CompletableFuture.completedFuture(endpoints.stream().map(OpenAiUpstream::new).toList()), any, wanted);
    }

    /// Whose a model is; nobody's where its name means none, or several.
    public Optional<Route> route(String model) {
        return serving(model).map(server -> new Route(server.upstream(), nameAt(server, model)));
    }

    /// A name that can mean another server's model too is decided when all lists came, or did not, for the first time.
    private Optional<Server> serving(String model) {
        var all = servers.join();
        return surely(all, model).or(() -> {
            firstLists.join().awaitAll();
            return surely(all, model).or(() -> likely(all, model));
        });
    }

    /// The server that lists what is named by its id, else the environment's where that lists it: so chats go on that have kept a
    /// name alone.
    private static Optional<Server> surely(List<Server> all, String model) {
        var named = named(all, model).filter(server -> server.lists(withoutId(server, model)));
        return all.size() == 1 ? Optional.of(all.getFirst()) : named.or(() -> main(all).filter(server -> server.lists(model)));
    }

    /// The only one that lists it; where none does, the one that its name begins with, or the environment's. That is not asked with
    /// an id in front of the name, which may be of a server that is no longer there: the chat was not meant for another.
    private static Optional<Server> likely(List<Server> all, String model) {
        var holders = all.stream().filter(server -> server.lists(model)).toList();
        if (!holders.isEmpty()) {
            return Optional.of(holders.getFirst()).filter(_ -> holders.size() == 1);
        }
        return named(all, model).or(() -> main(all).filter(server -> !model.contains("/") || server.upstream().knownModels().isEmpty()));
    }

    private static Optional<Server> named(List<Server> all, String model) {
        return all.stream().filter(server -> isNamed(server, model)).findFirst();
    }

    private static Optional<Server> main(List<Server> all) {
        return all.stream().filter(server -> server.id().equals(Provider.MAIN)).findFirst();
    }

    /// Whether it begins with the server's id; what follows may have slashes of its own.
    private static boolean isNamed(Server server, String model) {
        return model.startsWith(server.id() + "/") && model.length() > server.id().length() + 1;
    }

    private static String withoutId(Server server, String model) {
        return model.substring(server.id().length() + 1);
    }

    /// What the server itself calls it. One server alone is asked by its own names, but may have been one of several before.
    private static String nameAt(Server server, String model) {
        boolean full = isNamed(server, model) && (server.lists(withoutId(server, model)) || !server.lists(model));
        return full ? withoutId(server, model) : model;
    }

    /// A chat may have kept the name alone from a time with one server, which was the environment's; who asks now has to say which.
    @Override
    public boolean offers(String model) {
        var route = route(model);
        return route.isPresent() && (!route.get().model().equals(model) || isNobodyElses(model))
                && serving(model).orElseThrow().offers(route.get().model());
    }

    /// As far as the lists tell that are there, or come at once.
    private boolean isNobodyElses(String model) {
        if (servers.join().size() > 1) {
            firstLists.join().awaitBriefly();
        }
        return sharing(model).size() < 2;
    }

    @Override
    public Call prepare(Question question) {
        var model = question.model();
        return serving(model).map(server -> server.prepare(question.named(nameAt(server, model))))
                .orElseGet(() -> new NotAsked(nobodys(model)));
    }

    @Override
    public Relay relay(RelayRequest request, Relay.Ended ended) {
        var route = route(request.model()).orElseThrow(() -> new UpstreamException(nobodys(request.model())));
        return route.upstream().relay(request.named(route.model()), ended);
    }

    private Problem nobodys(String model) {
        var sharing = sharing(model);
        return sharing.isEmpty() ? NOT_OFFERED : UpstreamProblems.ambiguous(sharing);
    }

    /// The full names of the models that one name can mean.
    private List<String> sharing(String model) {
        return servers.join().stream().filter(server -> server.lists(model)).map(server -> server.id() + "/" + model).toList();
    }

    @Override
    public Models models() {
        var all = servers.join();
        if (all.size() == 1) {
            return all.getFirst().upstream().models();
        }
        firstLists.join().awaitSome();
        return knownModels().orElseThrow(() -> new UpstreamException(
                all.getFirst().upstream().failure().orElse(UpstreamProblems.ERROR)));
    }

    @Override
    public Optional<Models> knownModels() {
        var models = servers.join().stream().flatMap(server -> listed(server).stream()).toList();
        var first = servers.join().stream().flatMap(server -> server.upstream().knownModels()
                .map(known -> name(server, known.preferred())).stream()).findFirst();
        return first.map(id -> new Models(models, id))
                .map(known -> wanted.flatMap(this::full).filter(known::has).map(id -> new Models(models, id)).orElse(known));
    }

    @Override
    public String fullName(String model) {
        return full(model).orElse(model);
    }

    private Optional<String> full(String model) {
        var all = servers.join();
        return surely(all, model).or(() -> likely(all, model)).map(server -> name(server, nameAt(server, model)));
    }

    private String name(Server server, String model) {
        return servers.join().size() == 1 ? model : server.id() + "/" + model;
    }

    private List<Model> listed(Server server) {
        return server.upstream().knownModels().stream().flatMap(known -> known.models().stream())
                .map(model -> new Model(name(server, model.id()), model.contextTokens(), model.vision(), model.owner())).toList();
    }

    /// Each server by itself.
    ///
    /// @throws UpstreamException where the only one has no list
    public List<Listing> listings() {
        var all = servers.join();
        if (all.size() == 1) {
            all.getFirst().upstream().models();
        }
        firstLists.join().awaitSome();
        return all.stream().map(this::listing).toList();
    }

    private Listing listing(Server server) {
        boolean pending = !server.upstream().tried().isDone();
        var problem = server.upstream().failure();
        return new Listing(server.upstream().endpoint().provider(), listed(server),
                pending ? State.PENDING : problem.isPresent() ? State.UNAVAILABLE : State.OK, problem);
    }

    @Override
    public Optional<Long> contextTokens(String model) {
        return route(model).flatMap(route -> route.upstream().contextTokens(route.model()));
    }

    @Override
    public boolean sees(String model) {
        return route(model).filter(route -> route.upstream().sees(route.model())).isPresent();
    }

    @Override
    public void close() {
        servers.thenAccept(all -> all.forEach(server -> server.upstream().close()));
    }
}
