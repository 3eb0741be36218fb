package runnel.web.account;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.RawHttp;
import runnel.Server;
import runnel.SseReader;
import runnel.faults.Eventually;
import runnel.store.SqliteDatabase;
import runnel.store.account.Accounts;

/// Who is shut out stays out within five seconds, also of what was open already: a stream, a socket, a poll that waits, and
/// the notifications.
class RevocationTest {
    private static final long SECONDS = 5;

    @TempDir
    Path data;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();
    private Server server;
    private Person ada;
    private Client.Sent sent;

    @BeforeEach
    void start() {
        server = Server.start(data, "AUTH", "accounts");
        ada = Person.registered(server, "ada@example.org");
        sent = ada.ask("hello", "silence:1");
    }

    @AfterEach
    void stop() {
        server.close();
        http.shutdownNow();
        threads.shutdownNow();
    }

    private static Void readToTheEnd(SseReader reader) {
        while (reader.next().isPresent()) {
            // until the end
        }
        return null;
    }

    /// Other things that are open bring news, so it polls until it may not any more.
    private static Void pollToTheEnd(Client client, String cursor, String... pass) {
        var answer = client.get("/api/events/poll?wait=60&after=" + cursor, pass);
        while (answer.statusCode() == 200) {
            answer = client.get("/api/events/poll?wait=60&after=" + Client.json(answer).get("cursor").asText(), pass);
        }
        return null;
    }

    /// Opens everything by what lets the reader in, a header's name and value, and says how each ends.
    private Map<String, Future<?>> open(String... pass) {
        var client = server.client();
        var stream = client.read(sent, pass);
        var cursor = stream.next("message").id(); // behind which nothing comes
        var notifications = client.read("/api/events", pass);
        var news = notifications.next().orElseThrow().id();
        var open = new LinkedHashMap<String, Future<?>>();
        open.put("stream", threads.submit(() -> readToTheEnd(stream)));
        open.put("notifications", threads.submit(() -> readToTheEnd(notifications)));
        open.put("poll", threads.submit((Callable<?>) () -> client.get("/api/poll/" + sent.reply() + "?wait=60&after=" + cursor, pass)));
        open.put("socket", socket("/api/ws/" + sent.reply(), pass));
        open.put("socket of notifications", socket("/api/events/ws", pass));
        open.put("polls of notifications", threads.submit(() -> pollToTheEnd(client, news, pass)));
        open.put("bare text", threads.submit((Callable<?>) () -> client.post("/api/chat", Client.object().put("prompt", "hello").put("model", "silence:1"),
                "Accept", "text/plain", "Origin", server.url("").toString(), pass[0], pass[1])));
        Eventually.holds(() -> server.web().readers() == open.size());
        return open;
    }

    private CompletableFuture<Integer> socket(String path, String... pass) {
        var closed = new CompletableFuture<Integer>();
        var listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                closed.complete(status);
                return null;
            }
        };
        var url = URI.create(server.url(path).toString().replace("http:", "ws:"));
        http.newWebSocketBuilder().header(pass[0], pass[1]).header("Origin", server.url("").toString()).buildAsync(url, listener).join();
        return closed;
    }

    private String[] session() {
        return new String[] {"Cookie", ada.cookie()};
    }

    private static void allEnd(Map<String, Future<?>> open) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        var left = new ArrayList<String>();
        for (var each : open.entrySet()) {
            try {
                each.getValue().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException stillOpen) {
                left.add(each.getKey());
            } catch (ExecutionException cut) {
                // a broken connection is an end as well
            }
        }
        assertEquals(List.of(), left, "open after five seconds");
    }

    @Test
    void logging_out_ends_all_that_is_open() throws Exception {
        var open = open(session());
        ada.send("POST", "/api/logout", null);
        allEnd(open);
    }

    @Test
    void a_new_password_ends_all_that_is_open_by_the_old_session() throws Exception {
        var open = open(session());
        ada.send("PUT", "/api/me/password", Client.object().put("current", Person.PASSWORD).put("password", "another long one"));
        allEnd(open);
    }

    @Test
    void ending_a_session_in_the_profile_ends_all_that_is_open_there() throws Exception {
        var elsewhere = Person.at(server, "ada@example.org");
        elsewhere.login(Person.PASSWORD);
        var open = open(session());
        for (var session : Client.json(elsewhere.get("/api/me/sessions")).get("sessions")) {
            if (!session.get("current").asBoolean()) {
                elsewhere.send("DELETE", "/api/me/sessions/" + session.get("id").asText(), null);
            }
        }
        allEnd(open);
        assertEquals(200, elsewhere.get("/api/me").statusCode());
    }

    @Test
    void deleting_a_token_ends_all_that_is_open_by_it_and_nothing_else() throws Exception {
        var made = Client.json(ada.send("POST", "/api/me/tokens", Client.object().put("name", "script")));
        var open = open("Authorization", "Bearer " + made.get("token").asText());
        try (var others = ada.read(sent)) {
            others.next();
            ada.send("DELETE", "/api/me/tokens/" + made.get("id").asText(), null);
            allEnd(open);
            ada.send("POST", "/api/replies/" + sent.reply() + "/stop", null);
            others.next("stop");
        }
    }

    @Test
    void disabling_from_another_process_ends_all_that_is_open() throws Exception {
        var id = ada.me().get("id").asText();
        var open = open(session());
        try (var other = SqliteDatabase.open(data.resolve("runnel.db"))) {
            new Accounts(other).disable(id, true);
        }
        allEnd(open);
        assertEquals(401, ada.get("/api/me").statusCode());
        assertEquals(403, ada.login(Person.PASSWORD).statusCode());
    }

    @Test
    void deleting_the_account_ends_all_that_is_open() throws Exception {
        var open = open(session());
        ada.send("DELETE", "/api/me", Client.object().put("password", Person.PASSWORD));
        allEnd(open);
    }

    @Test
    void a_restart_lets_nobody_in_again_and_shuts_nobody_else_out() {
        var kept = "Bearer " + ada.token();
        var made = Client.json(ada.send("POST", "/api/me/tokens", Client.object().put("name", "script")));
        var ended = ada.cookie();
        ada.login(Person.PASSWORD);
        ada.send("DELETE", "/api/me/tokens/" + made.get("id").asText(), null);
        server.restart();
        assertEquals(200, ada.get("/api/me").statusCode());
        assertEquals(200, server.client().get("/api/me", "Authorization", kept).statusCode());
        assertEquals(401, server.client().get("/api/me", "Cookie", ended).statusCode());
        assertEquals(401, server.client().get("/api/me", "Authorization", "Bearer " + made.get("token").asText()).statusCode());
    }

    @Test
    void what_is_still_being_sent_when_its_token_is_deleted_is_not_done() throws Exception {
        var made = Client.json(ada.send("POST", "/api/me/tokens", Client.object().put("name", "script")));
        var body = "{\"prompt\":\"hello\",\"model\":\"text:1\"}";
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var out = socket.getOutputStream();
            out.write(("POST /api/chat HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nAuthorization: Bearer "
                    + made.get("token").asText() + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body.substring(0, 5)).getBytes(StandardCharsets.US_ASCII));
            var path = "/api/me/tokens/" + made.get("id").asText();
            Eventually.holds(() -> !ada.get("/api/me/tokens").body().contains("\"used\":null")); // so it has let the request in
            ada.send("DELETE", path, null);
            Eventually.sleep(1_000);
            out.write(body.substring(5).getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(401, RawHttp.status(answer), answer);
        }
        assertEquals(1, Client.json(ada.get("/api/chats")).get("chats").size());
    }
}
