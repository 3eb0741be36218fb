package runnel.web;

import static runnel.web.Access.ACCOUNTS;
import static runnel.web.Access.ADMINISTRATORS;
import static runnel.web.Access.PUBLIC;

import io.javalin.config.RoutesConfig;
import java.util.List;
import runnel.chat.Counts;

/// Every address of the server. One that does not say PUBLIC is only for those who are let in; [Gate] sees to it.
record Routes(Walls walls, Gate gate, Asking asking, Reading reading, Polling polling, Sockets sockets, ChatRoutes chats,
        ImportRoutes imports, ModelRoutes models, AccountRoutes accounts, Events events, NewsSockets newsSockets, Announcing announcing, Health health,
        Metrics metrics, Counts problems, Beats beats,
        PageFiles files) {
    /// Each list is one document, whose script looks at the address.
    static final List<String> CHAT_PAGES = List.of("/", "/c/{chat}");
    static final List<String> ACCOUNT_PAGES = List.of("/login", "/register", "/profile", "/forgotten", "/reset", "/verify");

    void install(RoutesConfig routes) {
        Problems.install(routes, problems);
        routes.before(walls::pass);
        routes.beforeMatched(Heads::pass);
        routes.beforeMatched(gate::pass);

        routes.post("/api/chat", asking::ask);
        routes.post("/api/replies/{reply}/stop", asking::stop);
        routes.post("/api/replies/{reply}/regenerate", asking::regenerate);
        routes.post("/api/replies/{reply}/continue", asking::goOn);
        routes.get("/api/sse/{reply}", reading::sse);
        routes.get("/api/poll/{reply}", polling::poll);
        routes.wsBeforeUpgrade("/api/ws/{reply}", sockets::beforeUpgrade);
        routes.ws("/api/ws/{reply}", sockets::configure);

        routes.get("/api/chats", chats::list);
        routes.get("/api/chats/{chat}", chats::show);
        routes.patch("/api/chats/{chat}", chats::change);
        routes.delete("/api/chats/{chat}", chats::delete);
        routes.get("/api/chats/{chat}/export", chats::export);
        routes.post("/api/import", imports::take);
        routes.get("/api/models", models::list);
        accounts.install(routes);

        routes.get("/api/events", events::stream);
        routes.get("/api/events/poll", events::poll);
        routes.wsBeforeUpgrade("/api/events/ws", newsSockets::beforeUpgrade);
        routes.ws("/api/events/ws", newsSockets::configure);
        routes.post("/api/announcements", announcing::announce, ADMINISTRATORS);
        routes.get("/api/openapi.json", ApiDocument::show, PUBLIC);
        routes.get("/api/inspect/beat", beats::stream, PUBLIC);
        routes.get("/api/inspect/wait", beats::late, PUBLIC);
        routes.wsBeforeUpgrade("/api/inspect/socket", beats::beforeUpgrade);
        routes.ws("/api/inspect/socket", beats::socket, PUBLIC);

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
