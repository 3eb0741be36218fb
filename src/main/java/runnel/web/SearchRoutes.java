package runnel.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Optional;
import runnel.chat.Refused;
import runnel.chat.Role;
import runnel.store.Database;
import runnel.store.chat.MessageSearch;
import runnel.store.chat.MessageSearch.Hit;
import runnel.store.chat.SearchQuery;
import runnel.web.http.Authentication;
import runnel.web.http.Json;

/// GET /api/search: the messages that have some words in them, best first.
record SearchRoutes(Authentication authentication, Database database) {
    private static final int PAGE = 20;
    private static final int MAX_PAGE = 100;
    private static final int MAX_FROM = 1_000_000;

    void find(Context ctx) {
        int limit = Math.clamp(number(ctx, "limit", PAGE), 1, MAX_PAGE);
        int from = number(ctx, "after", 0);
        var role = Optional.ofNullable(ctx.queryParam("role"));
        if (!role.map(Role.USER.wire()::equals).orElse(true) && !role.get().equals(Role.ASSISTANT.wire())) {
            throw Refused.malformed("role must be user or assistant.");
        }
        var query = SearchQuery.of(Optional.ofNullable(ctx.queryParam("q")).orElse("") + role.map(" role:"::concat).orElse(""));
        var hits = new MessageSearch(database, authentication.of(ctx).id()).find(query, from, limit + 1);
        var answer = Json.list("hits", hits.subList(0, Math.min(limit, hits.size())), SearchRoutes::hit);
        Json.answer(ctx, answer.put("cursor", hits.size() > limit ? Integer.toString(from + limit) : null));
    }

    private static int number(Context ctx, String name, int otherwise) {
        var number = Optional.ofNullable(ctx.queryParam(name)).orElse(Integer.toString(otherwise));
        if (!number.matches("\\d{1,7}") || Integer.parseInt(number) > MAX_FROM) {
            throw Refused.malformed(name + " must be a number" + (name.equals("after") ? " that a search gave as its cursor." : "."));
        }
        return Integer.parseInt(number);
    }

    private static ObjectNode hit(Hit hit) {
        var node = Json.object().put("chat", hit.chat()).put("title", hit.title()).put("message", hit.message())
                .put("role", hit.role().wire()).put("created", hit.created());
        var snippet = node.putArray("snippet");
        hit.snippet().forEach(piece -> snippet.addObject().put("text", piece.text()).put("hit", piece.hit()));
        return node;
    }
}
