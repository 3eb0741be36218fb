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
            PresetRoutes presets, QueueRoutes queue) {}

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
        routes.get("/api/chats/{chat}/queue", chats.queue::list);
        routes.post("/api/chats/{chat}/queue", chats.queue::add);
        routes.patch("/api/chats/{chat}/queue/{prompt}", chats.queue::change);
        routes.delete("/api/chats/{chat}/queue/{prompt}", chats.queue::remove);
        routes.post("/api/chats/{chat}/queue/{prompt}/send", chats.queue::send);
        routes.get("/api/chats/{chat}/export", chats.chats::export);
        routes.get("/api/search", chats.search::find);
        routes.get("/api/export", chats.chats::exportAll);
        routes.post("/api/import", chats.imports::take);
        routes.get("/api/models", chats.models::list);
        routes.get("/api/presets", chats.presets::list);
        routes.post("/api/presets", chats.presets::make);
        routes.patch("/api/presets/{preset}", chats.presets::change);
        routes.delete("/api/presets/{preset}", chats.presets::delete);
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
}
