package runnel.web;

import static runnel.web.http.Access.ACCOUNTS;
import static runnel.web.http.Access.ADMINISTRATORS;
import static runnel.web.http.Access.PUBLIC;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Handler;
import java.util.List;
import java.util.function.Consumer;
import runnel.chat.Counts;
import runnel.web.http.Authorization;
import runnel.web.http.HeadRequests;
import runnel.web.http.PageFiles;
import runnel.web.http.Problems;
import runnel.web.http.RequestGuards;
import runnel.web.openai.ChatCompletions;
import runnel.web.openai.OpenAiModels;
import runnel.web.openai.ResponseRoutes;
import runnel.web.stream.StreamProbe;
import runnel.web.stream.StreamRoutes;
import runnel.web.transfer.ImportRoutes;

/// Every address of the server. One that does not say PUBLIC is only for those who are let in; [Authorization] sees to it.
///
/// @param groups what has addresses of its own, apart from the page
record Routes(RequestGuards guards, Authorization authorization, Counts problems, List<Consumer<RoutesConfig>> groups, PageFiles files) {
    /// Each list is one document, whose script looks at the address.
    static final List<String> CHAT_PAGES = List.of("/", "/c/{chat}");
    static final List<String> ACCOUNT_PAGES = List.of("/login", "/register", "/profile", "/forgotten", "/reset", "/verify");

    void install(RoutesConfig routes) {
        Problems.install(routes, problems);
        routes.before(guards::check);
        routes.beforeMatched(HeadRequests::check);
        routes.beforeMatched(authorization::check);
        groups.forEach(group -> group.accept(routes));
        CHAT_PAGES.forEach(page -> routes.get(page, files.document("index.html"), PUBLIC));
        ACCOUNT_PAGES.forEach(page -> routes.get(page, files.document("account.html"), PUBLIC, ACCOUNTS));
        routes.get("/api/docs", files.document("api-docs.html"), PUBLIC);
        routes.get("/inspect", files.document("inspect.html"), PUBLIC);
        routes.get("/preview", files::preview, PUBLIC);
        // not at every address, where it would hide that an address of the API takes another method
        routes.get("/{file}", files::file, PUBLIC);
        PageFiles.FOLDERS.forEach(folder -> routes.get(folder + "*", files::file, PUBLIC));
    }

    record OfReplies(PromptRoutes prompts, QueueRoutes queue, StreamRoutes streams) {
        void install(RoutesConfig routes) {
            routes.post("/api/chat", prompts::ask);
            routes.post("/api/replies/{reply}/stop", prompts::stop);
            routes.post("/api/replies/{reply}/regenerate", prompts::regenerate);
            routes.post("/api/replies/{reply}/continue", prompts::resume);
            routes.get("/api/chats/{chat}/queue", queue::list);
            routes.post("/api/chats/{chat}/queue", queue::add);
            routes.patch("/api/chats/{chat}/queue/{prompt}", queue::change);
            routes.delete("/api/chats/{chat}/queue/{prompt}", queue::remove);
            routes.post("/api/chats/{chat}/queue/{prompt}/send", queue::send);
            routes.get("/api/sse/{reply}", streams::events);
            routes.get("/api/poll/{reply}", streams::poll);
            routes.wsBeforeUpgrade("/api/ws/{reply}", streams::beforeSocket);
            routes.ws("/api/ws/{reply}", streams::socket);
            routes.get("/api/events", streams::events);
            routes.get("/api/events/poll", streams::poll);
            routes.wsBeforeUpgrade("/api/events/ws", streams::beforeSocket);
            routes.ws("/api/events/ws", streams::socket);
        }
    }

    record OfChats(ChatRoutes chats, MessageRoutes messages, SearchRoutes search, ImportRoutes imports, UploadRoutes uploads) {
        void install(RoutesConfig routes) {
            routes.get("/api/chats", chats::list);
            routes.get("/api/chats/{chat}", chats::show);
            routes.patch("/api/chats/{chat}", chats::change);
            routes.delete("/api/chats/{chat}", chats::delete);
            routes.get("/api/chats/{chat}/export", chats::export);
            routes.post("/api/chats/{chat}/fork", messages::fork);
            routes.patch("/api/chats/{chat}/messages/{message}", messages::edit);
            routes.delete("/api/chats/{chat}/messages/{message}", messages::delete);
            routes.get("/api/search", search::find);
            routes.get("/api/export", chats::exportAll);
            routes.post("/api/import", imports::take);
            routes.post("/api/uploads", uploads::add);
            routes.get("/api/uploads/{upload}", uploads::show);
            routes.delete("/api/uploads/{upload}", uploads::delete);
        }
    }

    /// What is PUBLIC here looks at the link itself, and at nothing else.
    record OfLinks(ShareRoutes shares, StreamRoutes streams, PageFiles files) {
        void install(RoutesConfig routes) {
            routes.put("/api/chats/{chat}/share", shares::make);
            routes.delete("/api/chats/{chat}/share", shares::end);
            routes.get("/api/shares", shares::list);
            routes.post("/api/shares/{share}/copy", shares::copy);
            routes.get("/api/shares/{share}", shares::show, PUBLIC);
            routes.get("/api/shares/{share}/uploads/{upload}", shares::file, PUBLIC);
            routes.get("/api/shares/{share}/sse/{reply}", streams::events, PUBLIC);
            routes.get("/api/shares/{share}/poll/{reply}", streams::poll, PUBLIC);
            routes.wsBeforeUpgrade("/api/shares/{share}/ws/{reply}", streams::beforeSocket);
            routes.ws("/api/shares/{share}/ws/{reply}", streams::socket, PUBLIC);
            routes.get("/s/{share}", ctx -> shares.page(ctx, files), PUBLIC);
        }
    }

    record OfModels(ModelRoutes models, PresetRoutes presets) {
        void install(RoutesConfig routes) {
            routes.get("/api/models", models::list);
            routes.get("/api/usage", models::usage);
            routes.get("/api/presets", presets::list);
            routes.post("/api/presets", presets::make);
            routes.patch("/api/presets/{preset}", presets::change);
            routes.delete("/api/presets/{preset}", presets::delete);
        }
    }

    record OfOpenAi(OpenAiModels models, ChatCompletions completions, ResponseRoutes responses) {
        void install(RoutesConfig routes) {
            routes.get("/v1/models", models::list);
            routes.get("/v1/models/<model>", models::show);
            routes.post("/v1/chat/completions", completions::relay);
            routes.post("/v1/responses", responses::create);
            routes.get("/v1/responses/{response}", responses::show);
            routes.delete("/v1/responses/{response}", responses::delete);
            routes.post("/v1/responses/{response}/cancel", responses::cancel);
            routes.get("/v1/responses/{response}/input_items", responses::input);
        }
    }

    record OfOperation(OperationRoutes operation, Handler metrics, StreamProbe probe, ApiDocument document) {
        void install(RoutesConfig routes) {
            routes.post("/api/announcements", operation::announce, ADMINISTRATORS);
            routes.get("/api/openapi.json", document::show, PUBLIC);
            routes.get("/api/inspect/beat", probe::stream, PUBLIC);
            routes.get("/api/inspect/wait", probe::late, PUBLIC);
            routes.wsBeforeUpgrade("/api/inspect/socket", probe::beforeUpgrade);
            routes.ws("/api/inspect/socket", probe::socket, PUBLIC);
            routes.get("/health", operation::live, PUBLIC);
            routes.get("/ready", operation::ready, PUBLIC);
            routes.get("/metrics", metrics, ADMINISTRATORS);
        }
    }
}
