package runnel.web;

import static runnel.web.http.Access.ACCOUNTS;
import static runnel.web.http.Access.ADMINISTRATORS;
import static runnel.web.http.Access.PUBLIC;

import io.javalin.config.RoutesConfig;
import java.util.List;
import runnel.chat.Counts;
import runnel.web.account.AccountRoutes;
import runnel.web.http.Authorization;
import runnel.web.http.HeadRequests;
import runnel.web.http.PageFiles;
import runnel.web.http.Problems;
import runnel.web.http.RequestGuards;
import runnel.web.openai.ChatCompletions;
import runnel.web.openai.OpenAiModels;
import runnel.web.openai.ResponseRoutes;
import runnel.web.stream.PollRoutes;
import runnel.web.stream.SseRoutes;
import runnel.web.stream.StreamProbe;
import runnel.web.stream.WebSocketRoutes;

/// Every address of the server. One that does not say PUBLIC is only for those who are let in; [Authorization] sees to it.
record Routes(Admission admission, OfStreams streams, OfChats chats, OfOpenAi openAi, OfOperation operation, PageFiles files) {
    record Admission(RequestGuards guards, Authorization authorization, AccountRoutes accounts) {}

    record OfStreams(PromptRoutes prompts, SseRoutes events, PollRoutes polls, WebSocketRoutes sockets) {}

    record OfChats(ChatRoutes chats, SearchRoutes search, ImportRoutes imports, ModelRoutes models, UsageRoutes usage,
            OfMessages messages) {}

    /// @param events by links, as `polls` and `sockets`
    record OfMessages(MessageRoutes messages, ShareRoutes shares, SseRoutes events, PollRoutes polls, WebSocketRoutes sockets) {}

    record OfOpenAi(OpenAiModels models, ChatCompletions completions, ResponseRoutes responses) {}

    record OfOperation(AnnouncementRoutes announcements, Health health, Metrics metrics, Counts problems, StreamProbe probe) {}

    /// Each list is one document, whose script looks at the address.
    static final List<String> CHAT_PAGES = List.of("/", "/c/{chat}");
    static final List<String> ACCOUNT_PAGES = List.of("/login", "/register", "/profile", "/forgotten", "/reset", "/verify");

    void install(RoutesConfig routes) {
        Problems.install(routes, operation.problems);
        routes.before(admission.guards::check);
        routes.beforeMatched(HeadRequests::check);
        routes.beforeMatched(admission.authorization::check);

        routes.post("/api/chat", streams.prompts::ask);
        routes.post("/api/replies/{reply}/stop", streams.prompts::stop);
        routes.post("/api/replies/{reply}/regenerate", streams.prompts::regenerate);
        routes.post("/api/replies/{reply}/continue", streams.prompts::resume);
        routes.get("/api/sse/{reply}", streams.events::reply);
        routes.get("/api/poll/{reply}", streams.polls::reply);
        routes.wsBeforeUpgrade("/api/ws/{reply}", streams.sockets::beforeReply);
        routes.ws("/api/ws/{reply}", streams.sockets::reply);

        routes.get("/api/chats", chats.chats::list);
        routes.get("/api/chats/{chat}", chats.chats::show);
        routes.patch("/api/chats/{chat}", chats.chats::change);
        routes.delete("/api/chats/{chat}", chats.chats::delete);
        routes.get("/api/chats/{chat}/export", chats.chats::export);
        routes.post("/api/chats/{chat}/fork", chats.messages.messages::fork);
        routes.patch("/api/chats/{chat}/messages/{message}", chats.messages.messages::edit);
        routes.delete("/api/chats/{chat}/messages/{message}", chats.messages.messages::delete);
        links(routes, chats.messages);
        routes.get("/api/search", chats.search::find);
        routes.get("/api/export", chats.chats::exportAll);
        routes.post("/api/import", chats.imports::take);
        routes.get("/api/models", chats.models::list);
        routes.get("/api/usage", chats.usage::show);
        admission.accounts.install(routes);

        routes.get("/v1/models", openAi.models::list);
        routes.get("/v1/models/<model>", openAi.models::show);
        routes.post("/v1/chat/completions", openAi.completions::relay);
        routes.post("/v1/responses", openAi.responses::create);
        routes.get("/v1/responses/{response}", openAi.responses::show);
        routes.delete("/v1/responses/{response}", openAi.responses::delete);
        routes.post("/v1/responses/{response}/cancel", openAi.responses::cancel);
        routes.get("/v1/responses/{response}/input_items", openAi.responses::input);

        routes.get("/api/events", streams.events::notifications);
        routes.get("/api/events/poll", streams.polls::notifications);
        routes.wsBeforeUpgrade("/api/events/ws", streams.sockets::beforeNotifications);
        routes.ws("/api/events/ws", streams.sockets::notifications);
        routes.post("/api/announcements", operation.announcements::announce, ADMINISTRATORS);
        routes.get("/api/openapi.json", ApiDocument::show, PUBLIC);
        routes.get("/api/inspect/beat", operation.probe::stream, PUBLIC);
        routes.get("/api/inspect/wait", operation.probe::late, PUBLIC);
        routes.wsBeforeUpgrade("/api/inspect/socket", operation.probe::beforeUpgrade);
        routes.ws("/api/inspect/socket", operation.probe::socket, PUBLIC);

        routes.get("/health", operation.health::live, PUBLIC);
        routes.get("/ready", operation.health::ready, PUBLIC);
        routes.get("/metrics", operation.metrics::show, ADMINISTRATORS);

        CHAT_PAGES.forEach(page -> routes.get(page, files::page, PUBLIC));
        ACCOUNT_PAGES.forEach(page -> routes.get(page, files::account, PUBLIC, ACCOUNTS));
        routes.get("/api/docs", files::apiDocs, PUBLIC);
        routes.get("/inspect", files::inspect, PUBLIC);
        // not at every address, where it would hide that an address of the API takes another method
        routes.get("/{file}", files::file, PUBLIC);
        PageFiles.FOLDERS.forEach(folder -> routes.get(folder + "*", files::file, PUBLIC));
    }

    /// What is PUBLIC here looks at the link itself, and at nothing else.
    private void links(RoutesConfig routes, OfMessages links) {
        routes.put("/api/chats/{chat}/share", links.shares::make);
        routes.delete("/api/chats/{chat}/share", links.shares::end);
        routes.get("/api/shares", links.shares::list);
        routes.post("/api/shares/{share}/copy", links.shares::copy);
        routes.get("/api/shares/{share}", links.shares::show, PUBLIC);
        routes.get("/api/shares/{share}/sse/{reply}", links.events::reply, PUBLIC);
        routes.get("/api/shares/{share}/poll/{reply}", links.polls::reply, PUBLIC);
        routes.wsBeforeUpgrade("/api/shares/{share}/ws/{reply}", links.sockets::beforeReply);
        routes.ws("/api/shares/{share}/ws/{reply}", links.sockets::reply, PUBLIC);
        routes.get("/s/{share}", ctx -> links.shares.page(ctx, files), PUBLIC);
    }
}
