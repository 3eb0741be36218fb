package runnel.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.Server;
import runnel.store.Accounts;
import runnel.store.SqliteDatabase;

/// Who is shut out stays out within five seconds, also of what was open already.
class RevocationTest {
    private static final long SECONDS = 5;

    @TempDir
    Path data;
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
    }

    private void ends(Callable<?> reading, Runnable revoking) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var read = threads.submit(reading);
            Thread.sleep(500);
            revoking.run();
            read.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException stillOpen) {
            throw new AssertionError("It was still open after five seconds", stillOpen);
        } catch (ExecutionException cut) {
            // a broken connection is an end as well
        }
    }

    private Callable<?> stream() {
        var reader = ada.read(sent);
        return () -> {
            while (reader.next().isPresent()) {
                // until the end
            }
            return null;
        };
    }

    @Test
    void logging_out_ends_open_streams() throws Exception {
        ends(stream(), () -> ada.send("POST", "/api/logout", null));
    }

    @Test
    void a_new_password_ends_streams_of_the_old_session() throws Exception {
        ends(stream(), () -> ada.send("PUT", "/api/me/password", Client.object().put("current", Person.PASSWORD).put("password", "another long one")));
    }

    @Test
    void deleting_a_token_ends_its_streams_and_leaves_those_of_others() throws Exception {
        var made = Client.json(ada.send("POST", "/api/me/tokens", Client.object().put("name", "script")));
        var reader = server.client().read(sent, "Authorization", "Bearer " + made.get("token").asText());
        try (var others = ada.read(sent)) {
            others.next();
            ends(() -> {
                while (reader.next().isPresent()) {
                    // until the end
                }
                return null;
            }, () -> ada.send("DELETE", "/api/me/tokens/" + made.get("id").asText(), null));
            ada.send("POST", "/api/replies/" + sent.reply() + "/stop", null);
            var last = others.next();
            for (var next = last; next.isPresent(); next = others.next()) {
                last = next;
            }
            assertEquals("stop", last.orElseThrow().name());
        }
    }

    @Test
    void disabling_from_another_process_ends_streams() throws Exception {
        ends(stream(), () -> {
            try (var other = SqliteDatabase.open(data.resolve("runnel.db"))) {
                new Accounts(other).disable(ada.me().get("id").asText(), true);
            }
        });
        assertEquals(401, ada.get("/api/me").statusCode());
        assertEquals(403, ada.login(Person.PASSWORD).statusCode());
    }

    @Test
    void logging_out_ends_a_poll_that_waits() throws Exception {
        var cursor = Client.json(ada.get("/api/poll/" + sent.reply() + "?wait=1")).get("cursor").asText();
        var cookie = ada.cookie();
        ends(() -> Person.at(server, "").holding(cookie).get("/api/poll/" + sent.reply() + "?wait=60&after=" + cursor),
                () -> ada.send("POST", "/api/logout", null));
    }

    @Test
    void logging_out_closes_sockets() throws Exception {
        var closed = new CompletableFuture<Integer>();
        var listener = new WebSocket.Listener() {
            @Override
            public java.util.concurrent.CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
                closed.complete(status);
                return null;
            }
        };
        var url = server.url("/api/ws/" + sent.reply()).toString().replace("http:", "ws:");
        try (var http = HttpClient.newHttpClient()) {
            http.newWebSocketBuilder().header("Cookie", ada.cookie()).header("Origin", server.url("").toString())
                    .connectTimeout(Duration.ofSeconds(5)).buildAsync(java.net.URI.create(url), listener).get(5, TimeUnit.SECONDS);
            ends(closed::get, () -> ada.send("POST", "/api/logout", null));
            assertTrue(closed.isDone());
        }
    }
}
