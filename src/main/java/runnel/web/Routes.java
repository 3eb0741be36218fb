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
import runnel.web.stream.PollRoutes;
import runnel.web.stream.SseRoutes;
import runnel.web.stream.StreamProbe;
import runnel.web.stream.WebSocketRoutes;

/// Every address of the server. One that does not say PUBLIC is only for those who are let in; [Authorization] sees to it.
record Routes(RequestGuards guards, Authorization authorization, PromptRoutes promptRoutes, SseRoutes sseRoutes, PollRoutes pollRoutes, WebSocketRoutes webSocketRoutes, ChatRoutes chats,
        ImportRoutes imports, ModelRoutes models, AccountRoutes accounts, AnnouncementRoutes announcementRoutes, Health health,
        Metrics metrics, Counts problems, StreamProbe streamProbe,
        PageFiles files) {
    /// Each list is one document, whose script looks at the address.
    static final List<String> CHAT_PAGES = List.of("/", "/c/{chat}");
    static final List<String> ACCOUNT_PAGES = List.of("/login", "/register", "/profile", "/forgotten", "/reset", "/verify");

    void install(RoutesConfig routes) {
        Problems.install(routes, problems);
        routes.before(guards::pass);
        routes.beforeMatched(HeadRequests::pass);
        routes.beforeMatched(authorization::pass);

        routes.post("/api/chat", promptRoutes::ask);
        routes.post("/api/replies/{reply}/stop", promptRoutes::stop);
        routes.post("/api/replies/{reply}/regenerate", promptRoutes::regenerate);
        routes.post("/api/replies/{reply}/continue", promptRoutes::resume);
        routes.get("/api/sse/{reply}", sseRoutes::reply);
        routes.get("/api/poll/{reply}", pollRoutes::reply);
        routes.wsBeforeUpgrade("/api/ws/{reply}", webSocketRoutes::beforeReply);
        routes.ws("/api/ws/{reply}", webSocketRoutes::reply);

        routes.get("/api/chats", chats::list);
        routes.get("/api/chats/{chat}", chats::show);
        routes.patch("/api/chats/{chat}", chats::change);
        routes.delete("/api/chats/{chat}", chats::delete);
        routes.get("/api/chats/{chat}/export", chats::export);
        routes.post("/api/import", imports::take);
        routes.get("/api/models", models::list);
        accounts.install(routes);

        routes.get("/api/events", sseRoutes::notifications);
        routes.get("/api/events/poll", pollRoutes::notifications);
        routes.wsBeforeUpgrade("/api/events/ws", webSocketRoutes::beforeNotifications);
        routes.ws("/api/events/ws", webSocketRoutes::notifications);
        routes.post("/api/announcements", announcementRoutes::announce, ADMINISTRATORS);
        routes.get("/api/openapi.json", ApiDocument::show, PUBLIC);
        routes.get("/api/inspect/beat", streamProbe::stream, PUBLIC);
        routes.get("/api/inspect/wait", streamProbe::late, PUBLIC);
        routes.wsBeforeUpgrade("/api/inspect/socket", streamProbe::beforeUpgrade);
        routes.ws("/api/inspect/socket", streamProbe::socket, PUBLIC);

        routes.get("/health", health::live, PUBLIC);
        routes.get("/ready", health::ready, PUBLIC);
        routes.get("/metrics", metrics::show, ADMINISTRATORS);

        CHAT_PAGES.forEach(page -> routes.get(page, files::page, PUBLIC));
        ACCOUNT_PAGES.forEach(page -> routes.get(page, files::account, PUBLIC, ACCOUNTS));
        routes.get("/api/docs", files::apiDocs, PUBLIC);
        routes.get("/inspect", files::inspect, PUBLIC);
        // not at every address, where it would hide that an address of the API takes another method
        for (var place : List.of("/{file}", "/css/*", "/js/*", "/vendor/*")) {
            routes.get(place, files::file, PUBLIC);
        }
    }
}
