package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.RawHttp;
import runnel.Server;
import runnel.store.SqliteDatabase;
import runnel.store.account.Accounts;
import runnel.web.Document.Operation;

/// Every route of the API's document × everybody who may come to it. A route that is added is in here by itself.
class PrincipalsTest {
    private static final String NOWHERE = "01900000-0000-7000-8000-000000000000";
    private static final String UPGRADE = "\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

    private static Server server;
    private static Document document;
    private static Person owner;
    private static String ownersToken;
    private static final Map<String, String> OTHERS = new LinkedHashMap<>();
    private static final Map<String, Person> PEOPLE = new LinkedHashMap<>();
    private static final Map<String, String> SHUT_OUT = new LinkedHashMap<>();

    @BeforeAll
    static void start(@TempDir Path data) {
        server = Server.start(data, "AUTH", "accounts");
        document = Document.of(server);
        PEOPLE.put("the administrator", Person.registered(server, "admin@example.org"));
        PEOPLE.put("another user", Person.registered(server, "other@example.org"));
        PEOPLE.forEach((who, person) -> OTHERS.put(who, bearer(person)));
        owner = Person.registered(server, "owner@example.org");
        ownersToken = bearer(owner);
        SHUT_OUT.put("nobody", "");
        SHUT_OUT.put("a wrong token", "Bearer rnl_wrong");
        SHUT_OUT.put("a revoked token", revoked());
        SHUT_OUT.put("a disabled user", disabled(data));
        SHUT_OUT.put("a session that was ended", endedSession("ended@example.org"));
        SHUT_OUT.put("a wrong session", "runnel=wrong");
    }

    private static String bearer(Person person) {
        return "Bearer " + person.token();
    }

    private static String revoked() {
        var made = Client.json(owner.send("POST", "/api/me/tokens", Client.object().put("name", "script")));
        owner.send("DELETE", "/api/me/tokens/" + made.get("id").asText(), null);
        return "Bearer " + made.get("token").asText();
    }

    private static String endedSession(String email) {
        var person = Person.registered(server, email);
        var cookie = person.cookie();
        person.send("POST", "/api/logout", null);
        return cookie;
    }

    private static String disabled(Path data) {
        var person = Person.registered(server, "disabled@example.org");
        var token = bearer(person);
        try (var other = SqliteDatabase.open(data.resolve("runnel.db"))) {
            new Accounts(other).disable(person.me().get("id").asText(), true);
        }
        return token;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /// Asks as that principal for what the owner has.
    private static HttpResponse<String> ask(Operation operation, String path, String bearer) {
        var body = operation.hasBody() ? "{}" : null;
        var headers = new java.util.ArrayList<String>();
        if (body != null) {
            headers.addAll(java.util.List.of("Content-Type", "application/json"));
        }
        headers.addAll(saying(bearer));
        return server.client().send(operation.method(), path, body, headers.toArray(String[]::new));
    }

    /// The headers that say who it is: nothing, a token, or a cookie of which the browser says where the request comes from.
    private static java.util.List<String> saying(String pass) {
        return pass.isEmpty() ? java.util.List.of() : pass.startsWith("Bearer ") ? java.util.List.of("Authorization", pass)
                : java.util.List.of("Cookie", pass, "Sec-Fetch-Site", "same-origin");
    }

    /// What lets a person in there.
    private static String pass(Operation operation, Person person, String token) {
        return operation.isForSessions() ? person.cookie() : token;
    }

    private static String with(Operation operation, Map<String, String> ids) {
        var path = briefly(operation);
        for (var id : ids.entrySet()) {
            path = path.replace("{" + id.getKey() + "}", id.getValue());
        }
        assertFalse(path.contains("{"), () -> "this test does not know how to make what " + operation + " is about");
        return path;
    }

    private static Map<String, String> nowhere() {
        return Map.of("chat", NOWHERE, "message", NOWHERE, "share", "A".repeat(43), "reply", NOWHERE, "response", response(NOWHERE),
                "preset", NOWHERE, "prompt", NOWHERE, "session", NOWHERE, "token", NOWHERE, "upload", NOWHERE);
    }

    private static String response(String reply) {
        return "resp_" + reply.replace("-", "");
    }

    /// New things of the owner, as far as the path names them, since some routes delete them.
    private static Map<String, String> owned(Operation operation) {
        var ids = new LinkedHashMap<String, String>();
        if (operation.takesIds() && owner.get("/api/me").statusCode() == 401) {
            owner.login(Person.PASSWORD); // after a route that has ended the sessions
        }
        if (operation.path().contains("{upload}")) {
            ids.put("upload", Client.json(server.client().upload("a.txt", new byte[] {'a'}, "Authorization", ownersToken)).get("id").asText());
        }
        if (operation.path().matches(".*\\{(chat|reply|response|share)}.*")) {
            var sent = ended(ids.get("upload"));
            ids.put("message", sent.message());
            ids.put("chat", sent.chat());
            ids.put("reply", sent.reply());
            ids.put("response", response(sent.reply()));
        }
        if (operation.path().contains("{prompt}")) {
            var failed = owner.ask("hello", "status:400");
            try (var reader = owner.read(failed)) {
                reader.rest();
            }
            var queued = owner.send("POST", "/api/chats/" + failed.chat() + "/queue", Client.object().put("prompt", "next"));
            ids.put("chat", failed.chat());
            ids.put("prompt", Client.json(queued).get("id").asText());
        }
        if (operation.path().contains("{preset}")) {
            var made = owner.send("POST", "/api/presets", Client.object().put("name", java.util.UUID.randomUUID().toString()));
            ids.put("preset", Client.json(made).get("id").asText());
        }
        if (operation.path().matches(".*(/share|\\{share}.*)")) {
            var made = Client.json(owner.send("PUT", "/api/chats/" + ids.get("chat") + "/share", Client.object()));
            ids.put("share", made.get("url").asText().replaceFirst(".*/", ""));
        }
        if (operation.path().contains("{session}")) {
            Person.at(server, "owner@example.org").login(Person.PASSWORD);
            ids.put("session", Client.json(owner.get("/api/me/sessions")).get("sessions").get(0).get("id").asText());
        }
        if (operation.path().contains("{token}")) {
            ids.put("token", Client.json(owner.send("POST", "/api/me/tokens", Client.object().put("name", "script"))).get("id").asText());
        }
        return ids;
    }

    /// @param upload a file beside the prompt, or null
    private static Client.Sent ended(String upload) {
        var prompt = Client.object().put("prompt", "hello").put("model", "text:2");
        if (upload != null) {
            prompt.putArray("attachments").add(upload);
        }
        var sent = Client.sent(owner.send("POST", "/api/chat", prompt));
        try (var reader = owner.read(sent)) {
            reader.rest();
        }
        return sent;
    }

    /// The operation's path, about something new of the owner where it is about anything.
    private static String ofOwner(Operation operation) {
        return operation.takesIds() ? with(operation, owned(operation)) : briefly(operation);
    }

    /// The operation's path; what takes its time by itself is asked for the least of it.
    private static String briefly(Operation operation) {
        return switch (operation.path()) {
            case "/api/inspect/beat" -> operation.path() + "?count=1";
            case "/v1/models/{model}" -> "/v1/models/text:3";
            case "/api/inspect/wait" -> operation.path() + "?seconds=1";
            default -> operation.path();
        };
    }

    private static Stream<Operation> operations() {
        return document.operations().stream().filter(operation -> !operation.isSocket());
    }

    private static void refused(int status, Operation operation, HttpResponse<String> answer) {
        if (operation.isOpenAi()) {
            WebTest.openAiError(status, answer);
        } else {
            WebTest.problem(status, answer);
        }
    }

    @TestFactory
    Stream<DynamicTest> who_is_not_let_in_learns_nothing() {
        return operations().filter(operation -> !operation.isPublic()).flatMap(operation -> {
            var owned = with(operation, owned(operation));
            return SHUT_OUT.keySet().stream().map(who -> DynamicTest.dynamicTest(operation + " as " + who, () -> {
                var there = ask(operation, owned, SHUT_OUT.get(who));
                var nowhere = ask(operation, with(operation, nowhere()), SHUT_OUT.get(who));
                refused(401, operation, there);
                assertEquals(nowhere.body(), there.body());
            }));
        });
    }

    @TestFactory
    Stream<DynamicTest> what_is_public_asks_nobody_for_a_login() {
        return operations().filter(Operation::isPublic).flatMap(operation -> SHUT_OUT.keySet().stream()
                .map(who -> DynamicTest.dynamicTest(operation + " as " + who, () -> {
                    var answer = ask(operation, operation.takesIds() ? with(operation, nowhere()) : briefly(operation), SHUT_OUT.get(who));
                    assertTrue(answer.statusCode() != 401 && answer.statusCode() < 500, answer::body);
                })));
    }

    @TestFactory
    Stream<DynamicTest> what_is_somebody_elses_is_not_there() {
        return operations().filter(operation -> operation.takesIds() && !isByLink(operation)).flatMap(operation -> OTHERS.keySet().stream()
                .map(who -> DynamicTest.dynamicTest(operation + " as " + who, () -> {
                    var ids = owned(operation);
                    var pass = pass(operation, PEOPLE.get(who), OTHERS.get(who));
                    var theirs = ask(operation, with(operation, ids), pass);
                    var nowhere = ask(operation, with(operation, nowhere()), pass);
                    refused(404, operation, theirs);
                    assertEquals(nowhere.body(), theirs.body());
                    assertEquals(named(nowhere), named(theirs));
                    var owners = ask(operation, with(operation, ids), pass(operation, owner, ownersToken));
                    assertTrue(owners.statusCode() != 404 && owners.statusCode() != 403, "the owner's was touched");
                })));
    }

    /// A link is for whoever has it.
    private static boolean isByLink(Operation operation) {
        return operation.path().contains("{share}");
    }

    /// Each stream asks for its own, so that not all come back at once.
    private static String withoutDelay(HttpResponse<String> answer) {
        return answer.body().replaceFirst("^retry: \\d+", "");
    }

    @TestFactory
    Stream<DynamicTest> a_link_shows_everybody_the_same_and_nobody_anything_without_its_token() {
        var all = new LinkedHashMap<>(SHUT_OUT);
        all.putAll(OTHERS);
        return operations().filter(operation -> isByLink(operation) && operation.isPublic()).flatMap(operation -> {
            var ids = owned(operation);
            return all.keySet().stream().map(who -> DynamicTest.dynamicTest(operation + " as " + who, () -> {
                var owners = ask(operation, with(operation, ids), ownersToken);
                var theirs = ask(operation, with(operation, ids), all.get(who));
                assertEquals(200, owners.statusCode(), owners::body);
                assertEquals(200, theirs.statusCode(), theirs::body);
                assertEquals(withoutDelay(owners), withoutDelay(theirs));
                ids.keySet().stream().filter(name -> operation.path().contains("{" + name + "}")).forEach(name -> {
                    var other = new LinkedHashMap<>(ids);
                    other.put(name, nowhere().get(name));
                    refused(404, operation, ask(operation, with(operation, other), all.get(who)));
                });
            }));
        });
    }

    @TestFactory
    Stream<DynamicTest> what_is_for_administrators_is_not_there_for_others() {
        return operations().filter(Operation::isForAdministrators).map(operation -> DynamicTest.dynamicTest(operation.toString(), () ->
                refused(404, operation, ask(operation, ofOwner(operation), ownersToken))));
    }

    @TestFactory
    Stream<DynamicTest> sockets_have_the_same_walls() {
        var sent = owner.ask("hello", "text:2");
        var expected = new LinkedHashMap<String, Integer>();
        SHUT_OUT.values().forEach(bearer -> expected.put(bearer, 401));
        OTHERS.values().forEach(bearer -> expected.put(bearer, 404));
        return document.operations().stream().filter(operation -> operation.isSocket() && !operation.isPublic()).flatMap(operation -> expected.entrySet().stream()
                .filter(entry -> entry.getValue() == 401 || operation.takesIds()).map(entry ->
                DynamicTest.dynamicTest(operation + " is answered " + entry.getValue(), () -> assertEquals(entry.getValue(), RawHttp.status(RawHttp.sendBytes(server.port(),
                        "GET " + operation.path().replace("{reply}", sent.reply()) + " HTTP/1.1\r\nHost: 127.0.0.1" + UPGRADE
                        + (entry.getKey().startsWith("runnel=") ? "\r\nCookie: " : "\r\nAuthorization: ") + entry.getKey() + "\r\n\r\n"))))));
    }

    @TestFactory
    Stream<DynamicTest> what_comes_from_another_site_or_for_another_name_is_refused_by_each_route_whoever_it_is() {
        var expected = java.util.Map.of("Host: localhost\r\nOrigin: https://evil.example", 403, "Host: localhost\r\nSec-Fetch-Site: cross-site", 403,
                "Host: localhost\r\nSec-Fetch-Site: same-site", 403, "Host: evil.example", 421);
        return document.operations().stream().flatMap(operation -> expected.entrySet().stream().map(entry ->
                DynamicTest.dynamicTest(operation + " with " + entry.getKey(), () -> assertEquals(entry.getValue(), RawHttp.status(RawHttp.sendBytes(server.port(),
                        operation.method() + " " + operation.path().replaceAll("\\{\\w+}", NOWHERE) + " HTTP/1.1\r\n" + entry.getKey() + "\r\nAuthorization: " + ownersToken
                        + "\r\nContent-Length: 0" + (operation.isSocket() ? UPGRADE : "\r\nConnection: close") + "\r\n\r\n"))))));
    }

    @TestFactory
    Stream<DynamicTest> a_head_request_is_answered_as_get_is_and_begins_no_stream() {
        var all = new LinkedHashMap<>(SHUT_OUT);
        all.putAll(OTHERS);
        all.put("the owner", ownersToken);
        return operations().filter(operation -> operation.method().equals("GET")).flatMap(operation -> {
            var path = ofOwner(operation);
            return all.keySet().stream().map(who -> DynamicTest.dynamicTest(operation + " as " + who, () -> {
                var head = head(path, all.get(who));
                assertEquals("", head.body());
                if (operation.isEndless() || operation.path().matches(".*/(sse|poll|inspect)/.*|.*/poll")) {
                    assertEquals(405, head.statusCode());
                    assertEquals("GET", head.headers().firstValue("Allow").orElse(""));
                } else {
                    alike(ask(operation, path, all.get(who)), head);
                }
            }));
        });
    }

    @TestFactory
    Stream<DynamicTest> so_are_pages_and_files() {
        return Stream.of("/", "/c/" + NOWHERE, "/login", "/api/docs", "/inspect", "/s/" + "A".repeat(43), server.client().script(), "/js/nothing.js", "/nothing", "/api/nothing", "/api/login")
                .map(path -> DynamicTest.dynamicTest(path, () -> alike(server.client().get(path), head(path, ""))));
    }

    private static HttpResponse<String> head(String path, String bearer) {
        return server.client().send("HEAD", path, null, saying(bearer).toArray(String[]::new));
    }

    private static void alike(HttpResponse<String> get, HttpResponse<String> head) {
        assertEquals(get.statusCode(), head.statusCode());
        assertEquals(named(get), named(head));
        for (var name : java.util.List.of("Content-Type", "ETag", "Allow")) {
            assertEquals(get.headers().firstValue(name), head.headers().firstValue(name));
        }
    }

    /// They may be what a newer client asks for, or a slip; they are ignored everywhere.
    @TestFactory
    Stream<DynamicTest> unknown_fields_change_nothing() {
        return operations().filter(Operation::hasBody).map(operation -> DynamicTest.dynamicTest(operation.toString(), () ->
                assertEquals(status(operation, "{}"), status(operation, "{\"unknown\":[1]}"))));
    }

    private static int status(Operation operation, String body) {
        var bearer = operation.isForAdministrators() ? OTHERS.get("the administrator") : ownersToken;
        return server.client().send(operation.method(), ofOwner(operation), body, "Content-Type", "application/json", "Authorization", bearer).statusCode();
    }

    private static java.util.Set<String> named(HttpResponse<String> answer) {
        return answer.headers().map().keySet();
    }

    @TestFactory
    Stream<DynamicTest> the_owner_is_served_as_the_document_says() {
        return operations().filter(operation -> !operation.isEndless()).map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> {
            var answer = ask(operation, ofOwner(operation), operation.isForAdministrators() ? OTHERS.get("the administrator") : ownersToken);
            assertTrue(answer.statusCode() < 500 && answer.statusCode() != 401 && answer.statusCode() != 404, answer::body);
            document.wrongWith(operation, answer).ifPresent(wrong -> {
                throw new AssertionError(operation + ": " + wrong);
            });
        }));
    }
}
