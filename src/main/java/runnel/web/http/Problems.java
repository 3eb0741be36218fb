package runnel.web.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletApiResponse;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.QuietException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import runnel.chat.Counts;
import runnel.chat.FaultLog;
import runnel.chat.Problem;
import runnel.chat.Refused;
import runnel.store.StoreException;
import runnel.upstream.UpstreamException;

/// Every error as a problem object (RFC 9457), under `/v1` as an [OpenAiError], and the one place where exceptions become answers.
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final FaultLog FAULTS = new FaultLog(LOG::error);
    private static final String RETRY_SECONDS = "5";
    private static final String TYPE = "application/problem+json";
    private static final String FAILED = "A request failed by a fault of the server.";
    private static final int MAX_CAUSES = 8;
    private static final Problem FAULT = new Problem("internal-error", 500, "The server made a mistake",
            "Something went wrong inside the server. Its log says more.");
    private static final Problem NO_STORE = new Problem("store-refused", 503, "Storage refuses",
            "The server's disk or database refuses to store anything right now. Nothing was done.");

    private Problems() {}

    /// @param told counts each problem by its code
    public static void install(RoutesConfig routes, Counts told) {
        BiConsumer<Context, Refused> answer = (ctx, refused) -> {
            told.add(refused.problem().code());
            try {
                answer(ctx, refused);
            } catch (RuntimeException over) { // Jetty has ended the request already; Javalin would ask again for ever what to do about it
                LOG.debug("A request that is over cannot be answered.", over);
            }
        };
        routes.exception(Refused.class, (refused, ctx) -> answer.accept(ctx, refused));
        routes.exception(UpstreamException.class, (failed, ctx) -> answer.accept(ctx, new Refused(failed.problem())));
        routes.exception(HttpResponseException.class, (failed, ctx) -> {
            // under one name for programs and another for browsers
            Stream.of("availableMethods", "Available methods").map(failed.getDetails()::get).filter(Objects::nonNull)
                    .forEach(methods -> ctx.header("Allow", methods));
            answer.accept(ctx, new Refused(known(failed.getStatus())));
        });
        // Jetty reads cookies and parameters only when somebody asks for them, and finds only then that it cannot.
        routes.exception(HttpException.RuntimeException.class,
                (unreadable, ctx) -> answer.accept(ctx, new Refused(known(unreadable.getCode()))));
        routes.exception(StoreException.class, (refused, ctx) -> {
            FAULTS.tell("The database refused.", refused);
            answer.accept(ctx, new Refused(NO_STORE));
        });
        routes.exception(Exception.class, (fault, ctx) -> {
            if (!isDisconnect(fault)) {
                FAULTS.tell(FAILED, fault);
            }
            answer.accept(ctx, new Refused(FAULT));
        });
    }

    /// Answers where an [Error] ended a request, which Javalin gives to no other handler.
    public static void answer(HttpServletResponse response, Error error) {
        FAULTS.tell(FAILED, error);
        if (response.isCommitted()) {
            return;
        }
        try {
            boolean openAi = response instanceof ServletApiResponse api
                    && OpenAiError.isFor(api.getResponse().getRequest().getHttpURI().getPath());
            response.setStatus(FAULT.status());
            response.setContentType(openAi ? "application/json" : TYPE);
            response.getOutputStream().write(Json.bytes(openAi ? OpenAiError.json(new Refused(FAULT)) : json(FAULT)));
        } catch (IOException gone) {
            // then nobody waits for the answer
        }
    }

    /// Whether the client is the cause: it closed or reset its connection.
    private static boolean isDisconnect(Throwable fault) {
        return Stream.iterate(fault, Objects::nonNull, Throwable::getCause).limit(MAX_CAUSES)
                .anyMatch(cause -> cause instanceof QuietException || cause instanceof ClosedChannelException);
    }

    public static void answer(Context ctx, Refused refused) {
        boolean read = refused.problem().status() == 408 || Body.skip(ctx);
        var body = begin(ctx, refused);
        if (read) {
            ctx.result(body);
        } else {
            DrainThenClose.answer(ctx, body);
        }
    }

    /// The same on the spot, for a request whose body was read.
    ///
    /// @throws IOException where the client is gone
    public static void answerNow(Context ctx, Refused refused) throws IOException {
        var body = begin(ctx, refused);
        ctx.res().setContentLength(body.length);
        ctx.res().getOutputStream().write(body);
        ctx.res().flushBuffer();
    }

    private static byte[] begin(Context ctx, Refused refused) {
        var problem = refused.problem();
        boolean openAi = OpenAiError.isFor(ctx.path());
        var body = Json.bytes(openAi ? OpenAiError.json(refused) : json(refused));
        ctx.status(openAi ? OpenAiError.status(problem) : problem.status());
        if ((problem.status() == 503 || problem.status() == 429) && ctx.res().getHeader("Retry-After") == null) {
            ctx.header("Retry-After", RETRY_SECONDS);
        }
        ctx.contentType(openAi ? "application/json" : TYPE);
        return body;
    }

    private static ObjectNode json(Refused refused) {
        var body = json(refused.problem());
        refused.members().forEach(body::putPOJO);
        return body;
    }

    public static ObjectNode json(Problem problem) {
        return Json.object().put("type", "urn:runnel:" + problem.code()).put("title", problem.title())
                .put("status", problem.status()).put("detail", problem.detail());
    }

    /// What the web server itself refuses.
    public static Problem known(int status) {
        return switch (status) {
            case 400 -> new Problem("malformed", 400, "Malformed", "The request cannot be understood.");
            case 404 -> Refused.notFound().problem();
            case 405 -> new Problem("method-not-allowed", 405, "Method not allowed", "This address does not take that method.");
            case 413 -> new Problem("too-large", 413, "Too large", "The request is too large.");
            case 431 -> new Problem("headers-too-large", 431, "Headers too large", "The request's headers are too large.");
            case 408 -> new Problem("too-slow", 408, "Too slow", "The request came too slowly.");
            case 414 -> new Problem("address-too-long", 414, "Address too long", "The request's address is too long.");
            case 501 -> new Problem("unsupported", 501, "Not supported", "This server does not know that way to send a body.");
            case 505 -> new Problem("unknown-version", 505, "Unknown version", "This server speaks HTTP/1.1.");
            default -> status < 500 ? new Problem("refused", status, "Refused", "The request was refused.") : FAULT;
        };
    }
}
