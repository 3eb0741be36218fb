package runnel.web;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.upload.Samples.image;
import static runnel.upload.Samples.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.Person;
import runnel.faults.Eventually;
import runnel.faults.FullDisk;
import runnel.store.chat.Uploads;
import runnel.upload.Samples;

/// `POST /api/uploads` and what becomes of the files.
class UploadsTest extends WebTest {
    @Override
    protected String[] settings() {
        return new String[] {"AUTH", "accounts", "MAX_UPLOAD_MB", "1", "MAX_UPLOADS_MB_PER_USER", "2"};
    }

    private Person me;

    private Person me() {
        me = me == null ? Person.registered(server, "me@example.org") : me;
        return me;
    }

    private String bearer() {
        return "Bearer " + me().token();
    }

    private HttpResponse<String> upload(String name, byte[] content, String... headers) {
        var all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Authorization";
        all[headers.length + 1] = bearer();
        return client.upload(name, content, all);
    }

    private JsonNode uploaded(String name, byte[] content) {
        var answer = upload(name, content);
        assertEquals(201, answer.statusCode(), answer::body);
        return Client.json(answer);
    }

    private List<Path> files() {
        try (var files = Files.walk(server.data().resolve("uploads"))) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    @Test
    void a_file_is_taken_as_it_is_and_given_back_as_it_was() {
        var photo = image("png", 100, 80);
        var upload = uploaded("photo.png", photo);
        assertEquals("photo.png", upload.get("name").asText());
        assertEquals("image/png", upload.get("type").asText());
        assertEquals(photo.length, upload.get("size").asLong());
        assertEquals(255, upload.get("tokens").asLong());
        var shown = client.send("GET", "/api/uploads/" + upload.get("id").asText(), null, BodyHandlers.ofByteArray(), "Authorization", bearer());
        assertArrayEquals(photo, shown.body());
        assertEquals("image/png", shown.headers().firstValue("Content-Type").orElseThrow());
        assertEquals("inline; filename*=UTF-8''photo.png", shown.headers().firstValue("Content-Disposition").orElseThrow());
        assertEquals("no-store", shown.headers().firstValue("Cache-Control").orElseThrow());
    }

    @Test
    void what_is_no_image_is_downloaded_and_nothing_in_it_runs() {
        for (var name : List.of("drawing.svg", "page.html", "x.png")) {
            var upload = uploaded(name, text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"));
            var shown = client.get("/api/uploads/" + upload.get("id").asText(), "Authorization", bearer());
            assertEquals("text/plain;charset=utf-8", shown.headers().firstValue("Content-Type").orElseThrow());
            assertEquals("attachment; filename*=UTF-8''" + name, shown.headers().firstValue("Content-Disposition").orElseThrow());
            assertEquals("nosniff", shown.headers().firstValue("X-Content-Type-Options").orElseThrow());
            assertEquals(List.of("default-src 'none'; style-src 'unsafe-inline'; sandbox"), shown.headers().allValues("Content-Security-Policy"));
        }
    }

    @Test
    void names_cannot_leave_their_folder_or_their_header() {
        var upload = uploaded("../../a\r\nSet-Cookie: x=y\u202egpj.txt", text("hi"));
        assertEquals("aSet-Cookie_ x=ygpj.txt", upload.get("name").asText());
        var shown = client.get("/api/uploads/" + upload.get("id").asText(), "Authorization", bearer());
        assertTrue(shown.headers().firstValue("Set-Cookie").isEmpty());
        assertEquals("attachment; filename*=UTF-8''aSet-Cookie_%20x%3Dygpj.txt", shown.headers().firstValue("Content-Disposition").orElseThrow());
    }

    @Test
    void only_the_owner_may_have_it() {
        var id = uploaded("a.txt", text("mine")).get("id").asText();
        var other = Person.registered(server, "other@example.org");
        for (var method : List.of("GET", "DELETE")) {
            var theirs = other.send(method, "/api/uploads/" + id, null);
            problem(404, theirs);
            assertEquals(other.send(method, "/api/uploads/" + NOWHERE, null).body(), theirs.body());
        }
        assertEquals(200, me().get("/api/uploads/" + id).statusCode());
    }

    @Test
    void forms_are_taken_too() {
        var form = "--x\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nfirst\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"gr\u00fc\u00dfe %22.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nline\r\n--y\r\n\r\n--x--\r\n";
        var answer = upload("", text(form), "Content-Type", "multipart/form-data; boundary=x");
        assertEquals(201, answer.statusCode(), answer::body);
        assertEquals("line\r\n--y\r\n", client.get("/api/uploads/" + Client.json(answer).get("id").asText(), "Authorization", bearer()).body());
        var named = client.sendBytes("POST", "/api/uploads", java.net.http.HttpRequest.BodyPublishers.ofByteArray(text(form)), BodyHandlers.ofString(),
                "Content-Type", "multipart/form-data; boundary=x", "Authorization", bearer());
        assertEquals("gr\u00fc\u00dfe _.txt", Client.json(named).get("name").asText());
    }

    @Test
    void a_name_of_backslashes_without_an_end_takes_no_longer_than_another() {
        var form = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + "\\".repeat(2_000) + "\r\n\r\nhello\r\n--x--\r\n";
        assertTrue(upload("", text(form), "Content-Type", "multipart/form-data; boundary=x").statusCode() < 500);
    }

    @Test
    void a_form_that_is_not_whole_or_has_no_file_or_two_is_refused_and_leaves_nothing() {
        var part = "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nhello";
        for (var form : List.of(part, part + "\r\n--x", "--x--", "", "no form at all", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n--x--\r\n", part + "\r\n--z--\r\n")) {
            assertEquals(400, upload("", text(form), "Content-Type", "multipart/form-data; boundary=x").statusCode(), form);
        }
        assertEquals(422, upload("", text(part + "\r\n" + part + "\r\n--x--\r\n"), "Content-Type", "multipart/form-data; boundary=x").statusCode());
        assertEquals(400, upload("", text(part), "Content-Type", "multipart/form-data").statusCode());
        assertEquals(List.of(), files());
    }

    @Test
    void what_is_too_large_or_of_no_use_is_refused_and_leaves_nothing() {
        problem(413, upload("a.txt", new byte[(1 << 20) + 1]));
        problem(415, upload("a.txt", new byte[1_000]));
        problem(415, upload("a.png", new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
        problem(413, upload("a.png", Samples.bomb(20_000, 20_000)));
        problem(413, upload("a.pdf", Samples.pdf(2_100, "")));
        assertEquals(List.of(), files());
    }

    @Test
    void one_content_is_kept_once_and_goes_with_the_last_that_has_it() {
        var first = uploaded("a.txt", text("the same"));
        var second = uploaded("b.txt", text("the same"));
        assertEquals(1, files().size());
        assertEquals(204, me().send("DELETE", "/api/uploads/" + first.get("id").asText(), null).statusCode());
        assertEquals(200, me().get("/api/uploads/" + second.get("id").asText()).statusCode());
        assertEquals(204, me().send("DELETE", "/api/uploads/" + second.get("id").asText(), null).statusCode());
        assertEquals(List.of(), files());
    }

    @Test
    void only_the_servers_user_may_read_the_files() throws IOException {
        uploaded("a.txt", text("mine"));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst().getParent())));
    }

    @Test
    void half_a_file_leaves_nothing() throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(("POST /api/uploads?name=a.txt HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + bearer() + "\r\nContent-Length: 100000\r\n\r\n"
                    + "x".repeat(50_000)).getBytes(StandardCharsets.US_ASCII));
        }
        Eventually.holds(() -> {
            assertEquals(201, upload("b.txt", text("whole")).statusCode());
            return files().size() == 1;
        });
        try (var all = Files.list(server.data())) {
            assertFalse(all.anyMatch(file -> file.getFileName().toString().startsWith("upload-")));
        }
    }

    @Test
    void a_person_keeps_no_more_than_their_share_however_many_are_sent_at_once() {
        bearer();
        var token = bearer();
        var statuses = IntStream.range(0, 12).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            for (int attempt = 0; ; attempt++) {
                var answer = client.upload(i + ".txt", text((i + "x").repeat(250_000).substring(0, 500_000)), "Authorization", token);
                if (answer.statusCode() != 429 && answer.statusCode() != 503 || attempt > 1_000) {
                    return answer.statusCode();
                }
                Thread.yield();
            }
        }, command -> Thread.ofVirtual().start(command))).toList().stream().map(CompletableFuture::join).sorted().toList();
        assertEquals(List.of(201, 201, 201, 201, 413, 413, 413, 413, 413, 413, 413, 413), statuses);
        assertEquals(4, files().size());
    }

    @Test
    void a_person_sends_four_at_once_and_others_are_not_kept_out() throws IOException {
        var head = "POST /api/uploads?name=a.txt HTTP/1.1\r\nHost: localhost\r\nAuthorization: " + bearer() + "\r\nContent-Length: 1000\r\n\r\nx";
        var sockets = new java.util.ArrayList<Socket>();
        try {
            for (int i = 0; i < 4; i++) {
                var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                sockets.add(socket);
                socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            }
            Eventually.holds(() -> upload("b.txt", text("more")).statusCode() == 429);
            var other = "Bearer " + Person.registered(server, "other@example.org").token();
            assertEquals(201, client.upload("c.txt", text("theirs"), "Authorization", other).statusCode());
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
        Eventually.holds(() -> upload("b.txt", text("more")).statusCode() == 201);
    }

    @Test
    void a_file_that_finds_no_room_in_the_database_is_refused_and_leaves_nothing() {
        var token = bearer();
        int taken = 0;
        try (var _ = FullDisk.under(server.database())) {
            var answer = client.upload("a.txt", text("hello 0"), "Authorization", token);
            while (answer.statusCode() == 201 && taken < 100) {
                answer = client.upload("a.txt", text("hello " + ++taken), "Authorization", token);
            }
            problem(503, answer);
        }
        new Uploads(server.database(), runnel.settings.Settings.OfUploads.NO_LIMITS).tidy();
        assertEquals(taken, files().size());
        assertEquals(201, upload("a.txt", text("hello again")).statusCode());
    }

    @Test
    void what_was_never_sent_goes_after_a_day_and_what_a_crash_left_at_the_next_start() throws IOException {
        var old = uploaded("old.txt", text("old")).get("id").asText();
        var fresh = uploaded("fresh.txt", text("fresh")).get("id").asText();
        server.database().write(sql -> sql.update("update upload set created = created - 86400001 where id = ?", old));
        var orphan = Files.writeString(server.data().resolve("uploads").resolve("ab".repeat(32)), "between file and row");
        var part = Files.writeString(server.data().resolve("uploads").resolve(".part-1"), "half");
        part.toFile().setLastModified(System.currentTimeMillis() - 2 * 60 * 60 * 1_000);
        server.restart();
        Eventually.holds(() -> files().size() == 1);
        assertFalse(Files.exists(orphan));
        assertFalse(Files.exists(part));
        me().login(Person.PASSWORD);
        assertEquals(404, me().get("/api/uploads/" + old).statusCode());
        assertEquals(200, me().get("/api/uploads/" + fresh).statusCode());
    }

    @Test
    void an_account_takes_its_files_with_it() {
        Person.registered(server, "admin@example.org");
        var gone = Person.registered(server, "gone@example.org");
        var token = gone.token();
        var sent = Client.json(client.upload("a.txt", text("sent"), "Authorization", "Bearer " + token)).get("id").asText();
        client.upload("b.txt", text("unsent"), "Authorization", "Bearer " + token);
        assertEquals(201, gone.send("POST", "/api/chat", AttachmentsTest.prompt("hello", "text:2", sent)).statusCode());
        assertEquals(2, files().size());
        assertEquals(204, gone.send("DELETE", "/api/me", Client.object().put("password", Person.PASSWORD)).statusCode());
        Eventually.holds(() -> files().isEmpty());
    }
}
