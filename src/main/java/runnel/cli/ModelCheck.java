package runnel.cli;

import static runnel.cli.Finding.Area.MODEL;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import runnel.chat.Role;
import runnel.chat.Run;
import runnel.chat.Turn;
import runnel.settings.Provider;
import runnel.upstream.Outcome;
import runnel.upstream.Question;
import runnel.upstream.Sink;
import runnel.upstream.UpstreamException;
import runnel.upstream.openai.Endpoint;
import runnel.upstream.openai.OpenAiUpstream;

/// Does the model answer, and does its answer come piece by piece? To find out, it is asked once.
final class ModelCheck {
    private static final long MAX_TOKENS = 48;
    private static final String PROMPT = "Count from 1 to 12 in words, with commas in between, and say nothing else.";
    /// Pieces that come closer together than this were held back somewhere.
    private static final long MIN_SPREAD_MILLIS = 20;
    private static final int MIN_PIECES = 4;

    private ModelCheck() {}

    /// All at the same time, so that a server that says nothing costs no more than the slowest of the others.
    static List<Finding> of(DoctorInput doctorInput, boolean asking) {
        if (doctorInput.models().isEmpty()) {
            return found(doctorInput);
        }
        var looks = doctorInput.models().stream()
                .map(endpoint -> CompletableFuture.supplyAsync(() -> of(endpoint, asking), Thread::startVirtualThread)).toList();
        return looks.stream().flatMap(look -> look.join().stream()).toList();
    }

    private static List<Finding> found(DoctorInput doctorInput) {
        var findings = new ArrayList<Finding>();
        for (var upstream : doctorInput.discovery().look().join()) {
            var provider = upstream.endpoint().provider();
            findings.add(Finding.good(MODEL, provider.name() + " answers at " + provider.url() + " and is offered, without being set."));
            upstream.close();
        }
        return findings.isEmpty() ? List.of(Finding.note(MODEL, "There is no key and no base URL, so the built-in demo answers.",
                "Set OPENAI_API_KEY, or OPENAI_BASE_URL to a server such as Ollama: http://127.0.0.1:11434/v1")) : findings;
    }

    private static List<Finding> of(Endpoint endpoint, boolean asking) {
        var findings = new ArrayList<Finding>();
        String server = endpoint.baseUrl().getAuthority();
        String id = endpoint.provider().id().equals(Provider.MAIN) ? "" : endpoint.provider().id() + ": ";
        String way = way(endpoint);
        try (var upstream = new OpenAiUpstream(endpoint)) {
            var models = upstream.models();
            findings.add(Finding.good(MODEL, "%s%s answers%s and has %,d models; new chats %s %s."
                    .formatted(id, server, way, models.models().size(), id.isEmpty() ? "use" : "that ask it use", models.preferred())));
            if (asking) {
                findings.add(asked(upstream, models.preferred()));
            }
        } catch (UpstreamException failed) {
            findings.add(Finding.bad(MODEL, id + failed.problem().title() + ".", failed.problem().detail(),
                    (endpoint.provider().access().unset().isEmpty() ? "It was asked at " : "It would be asked at ") + server + way + "."));
        }
        return findings;
    }

    /// What of the settings lies between here and the model.
    private static String way(Endpoint endpoint) {
        var outbound = endpoint.outbound();
        var setting = endpoint.baseUrl().getScheme().equalsIgnoreCase("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
        return outbound.proxyFor(endpoint.baseUrl()).map(proxy -> " through the proxy " + proxy + " (" + setting + ")").orElse("")
                + (outbound.authorities().isEmpty() ? "" : ", also trusting OPENAI_CA_FILE");
    }

    private static Finding asked(OpenAiUpstream upstream, String model) {
        var pieces = new Arrivals();
        var outcome = upstream.prepare(new Question(model, List.of(new Turn(Role.USER, PROMPT)), Optional.empty(),
                Optional.of(MAX_TOKENS)))
                .stream(pieces);
        return outcome instanceof Outcome.Failed(var problem, var _)
                ? Finding.bad(MODEL, problem.title() + ".", problem.detail()) : pieces.finding(model);
    }

    /// When the pieces of an answer came.
    static final class Arrivals implements Sink {
        private final List<Long> millis = new ArrayList<>();
        private final long began = System.nanoTime();

        @Override
        public void append(Run.Kind kind, String piece) {
            if (!piece.isEmpty()) {
                at((System.nanoTime() - began) / 1_000_000);
            }
        }

        @Override
        public void call(String id, String name) {
            append(Run.Kind.FUNCTION_CALL, name);
        }

        void at(long afterMillis) {
            millis.add(afterMillis);
        }

        Finding finding(String model) {
            if (millis.isEmpty()) {
                return Finding.note(MODEL, model + " answered without a word.",
                        "Ask it something in the page, or set OPENAI_MODEL to another.");
            }
            long spread = millis.getLast() - millis.getFirst();
            String said = "%s said its first word after %,d ms, and %,d pieces within %,d ms more".formatted(model,
                    millis.getFirst(), millis.size(), spread);
            return millis.size() >= MIN_PIECES && spread >= MIN_SPREAD_MILLIS ? Finding.good(MODEL, said + ": it streams.")
                    : Finding.note(MODEL, said + ": its answer comes in one lump.",
                            "Something between here and the model holds it back. In nginx before it: proxy_buffering off;",
                            "A gateway may need a switch of its own to stream.");
        }
    }
}
