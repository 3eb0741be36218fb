package runnel.web;

import io.javalin.config.RoutesConfig;

/// Every address of the server.
record Routes(Walls walls, Asking asking, Reading reading, Polling polling, Sockets sockets, ChatRoutes chats, ImportRoutes imports, ModelRoutes models, MeRoutes me, Events events, Announcing announcing, Health health, PageFiles files) {
    void install(RoutesConfig routes) {
        Problems.install(routes);
        routes.before(walls::pass);

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
        routes.get("/api/me", me::show);

        routes.get("/api/events", events::stream);
        routes.post("/api/announcements", announcing::announce);

        routes.get("/health", health::live);
        routes.get("/ready", health::ready);

        routes.get("/", files::page);
        routes.get("/c/{chat}", files::page);
        routes.get("/*", files::file);
    }
}
