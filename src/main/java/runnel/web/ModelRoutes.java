package runnel.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.javalin.http.Context;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Pattern;
import runnel.chat.Problem;
import runnel.settings.Provider;
import runnel.store.reply.TokenUse;
import runnel.upstream.Models.Model;
import runnel.upstream.demo.DemoServer;
import runnel.upstream.openai.Providers;
import runnel.web.http.Authentication;
import runnel.web.http.Json;

/// The models that can be asked, the servers that have them, and what the visitor's replies and relayed requests took.
record ModelRoutes(Authentication authentication, Providers providers, TokenUse tokenUse) {
    /// GET /api/models
    void list(Context ctx) {
        authentication.of(ctx);
        var listings = providers.listings();
        var answer = Json.object();
        var models = answer.putArray("models");
        listings.forEach(each -> each.models().forEach(model -> put(models, each.provider(), model)));
        answer.put("default", providers.knownModels().map(known -> known.preferred()).orElse(null));
        var servers = answer.putArray("providers");
        listings.forEach(each -> servers.addObject().put("id", each.provider().id()).put("name", each.provider().name())
                .put("state", each.state().name().toLowerCase(Locale.ROOT))
                .put("detail", each.problem().map(Problem::detail).orElse(null)));
        var first = listings.stream().filter(each -> !each.models().isEmpty()).findFirst();
        Json.answer(ctx, answer.put("demo", first.filter(each -> each.provider().id().equals(DemoServer.ID)).isPresent()));
    }

    private static void put(ArrayNode rows, Provider provider, Model model) {
        var row = rows.addObject().put("id", model.id()).put("provider", provider.id()).put("vision", model.vision());
        model.contextTokens().ifPresent(tokens -> row.put("context_length", tokens));
        var prices = provider.offer().prices();
        var bare = model.id().replaceFirst("^" + Pattern.quote(provider.id() + "/"), "");
        var price = prices.get(prices.containsKey(model.id()) ? model.id() : bare);
        if (price != null) {
            row.putObject("prices").put("input", price.input()).put("output", price.output()).put("currency", price.currency());
        }
    }

    /// GET /api/usage
    void usage(Context ctx) {
        var answer = Json.object();
        var rows = answer.putArray("usage");
        tokenUse.last(authentication.of(ctx).id(), TokenUse.MONTH).forEach(entry -> rows.addObject()
                .put("day", LocalDate.ofEpochDay(entry.day()).toString()).put("model", entry.model()).put("requests", entry.requests())
                .put("prompt_tokens", entry.promptTokens()).put("completion_tokens", entry.completionTokens()));
        Json.answer(ctx, answer);
    }
}
