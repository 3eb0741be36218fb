package runnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Client.Sent;
import runnel.Follower;
import runnel.Person;
import runnel.Server;
import runnel.settings.Settings;
import runnel.settings.SettingsSources;
import runnel.store.folder.DataFolder;
import runnel.upstream.openai.Scenarios;

/// Backups and exports, beside a server and without one.
class DataFilesTest {
    @TempDir
    Path temp;

    private String run(int status, Path data, String... args) {
        var files = new DataFiles(flags -> {
            var given = new HashMap<>(Map.of("DATA_DIR", data.toString()));
            given.putAll(flags);
            return Settings.of(SettingsSources.of(given));
        });
        var said = new StringWriter();
        var line = Commands.commandLine("test", new Serve(_ -> {}), files.all());
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        assertEquals(status, line.execute(args), said::toString);
        return said.toString();
    }

    private Server server(String data, String... settings) {
        return Server.start(temp.resolve(data), settings);
    }

    private Path backup() {
        return temp.resolve("backup.zip");
    }

    /// A folder with one chat, and a backup of it.
    private Sent backedUp() {
        try (var server = server("one")) {
            var sent = server.client().ask("hello", "x");
            server.client().whole(sent);
            run(0, temp.resolve("one"), "backup", backup().toString());
            return sent;
        }
    }

    private List<String> names(Path folder, String prefix) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(prefix)).toList();
        }
    }

    @Test
    void a_backup_that_was_taken_while_replies_were_written_is_whole_and_goes_on_elsewhere() throws Exception {
        var upload = temp.resolve("one/uploads/ab/cd");
        Files.createDirectories(upload.getParent());
        Files.writeString(upload, "bytes");
        Sent done;
        Sent running;
        try (var server = server("one")) {
            var client = server.client();
            done = client.ask("hello", "text:20");
            client.whole(done);
            var script = server.upstream().script();
            running = client.ask("on", "x");
            script.send("half");
            try (var reader = client.read(running)) {
                reader.next("message");
                run(0, temp.resolve("one"), "backup", backup().toString());
            }
            script.send(" and more").finish();
            client.whole(running);
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(backup())));
        assertEquals(List.of(), names(temp, ".runnel"));
        run(0, temp.resolve("two"), "restore", backup().toString());
        try (var server = server("two")) {
            assertEquals(20, server.client().message(done).get("content").asText().split(" ").length);
            assertEquals("interrupted", server.client().message(running).get("status").asText());
            assertEquals("bytes", Files.readString(temp.resolve("two/uploads/ab/cd")));
        }
        assertEquals(List.of(), names(temp.resolve("two"), "restor"));
    }

    @Test
    void a_file_that_is_there_is_replaced_only_when_that_is_said() throws Exception {
        backedUp();
        Files.writeString(backup(), "mine");
        assertTrue(run(1, temp.resolve("one"), "backup", backup().toString()).contains("is there already"));
        assertEquals("mine", Files.readString(backup()));
        run(0, temp.resolve("one"), "backup", "--overwrite", backup().toString());
        try (var zip = new ZipFile(backup().toFile())) {
            assertTrue(zip.getEntry("runnel.db").getSize() > 0);
        }
        assertTrue(run(1, temp.resolve("nothing"), "backup", temp.resolve("b").toString()).contains("no database"));
        assertTrue(run(1, temp.resolve("one"), "backup", temp.resolve("no/such/b").toString()).contains("cannot be written"));
    }

    @Test
    void what_was_there_is_kept_and_a_server_that_runs_is_left_alone() throws Exception {
        var sent = backedUp();
        Sent later;
        try (var server = server("one")) {
            later = server.client().ask("later", "x");
            server.client().whole(later);
            assertTrue(run(1, temp.resolve("one"), "restore", backup().toString()).contains("used by another Runnel"));
            Files.delete(temp.resolve("one/lock"));
            assertEquals(200, server.client().get("/api/chats/" + later.chat()).statusCode());
        }
        var said = run(0, temp.resolve("one"), "restore", backup().toString());
        var before = temp.resolve("one").resolve(names(temp.resolve("one"), "before-restore-").getFirst());
        assertTrue(said.contains(before.toString()), said);
        try (var server = server("one")) {
            assertEquals(200, server.client().get("/api/chats/" + sent.chat()).statusCode());
            assertEquals(404, server.client().get("/api/chats/" + later.chat()).statusCode());
        }
        try (var server = Server.start(before)) {
            assertEquals(200, server.client().get("/api/chats/" + later.chat()).statusCode());
        }
    }

    @Test
    void what_is_no_whole_backup_or_a_newer_ones_changes_nothing() throws Exception {
        var sent = backedUp();
        var bytes = Files.readAllBytes(backup());
        var other = temp.resolve("other");
        for (int length : new int[] {0, 3, 100, bytes.length / 2}) {
            Files.write(other, java.util.Arrays.copyOf(bytes, length));
            assertTrue(run(1, temp.resolve("one"), "restore", other.toString()).contains("not a whole backup"));
        }
        Files.writeString(other, "something else ".repeat(100));
        assertTrue(run(1, temp.resolve("one"), "restore", other.toString()).contains("not a whole backup"));
        assertTrue(run(1, temp.resolve("one"), "restore", temp.resolve("missing").toString()).contains("There is no file"));

        run(0, temp.resolve("newer"), "restore", backup().toString());
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + temp.resolve("newer/runnel.db"))) {
            connection.createStatement().executeUpdate("update flyway_schema_history set version = '999' where installed_rank = (select max(installed_rank) from flyway_schema_history)");
        }
        run(0, temp.resolve("newer"), "backup", temp.resolve("newer.zip").toString());
        assertTrue(run(1, temp.resolve("one"), "restore", temp.resolve("newer.zip").toString()).contains("newer version"));

        assertEquals(List.of(), names(temp.resolve("one"), "restor"));
        assertEquals(List.of(), names(temp.resolve("one"), "before"));
        try (var server = server("one")) {
            assertEquals(200, server.client().get("/api/chats/" + sent.chat()).statusCode());
        }
    }

    @Test
    void a_restore_that_was_cut_off_anywhere_is_finished_by_the_next_who_takes_the_folder() throws Exception {
        backedUp();
        for (int moves = 0; moves <= 6; moves++) {
            var folder = Files.createDirectories(temp.resolve("cut" + moves));
            var fresh = Files.createDirectories(folder.resolve("restored-1/uploads")).getParent();
            Files.writeString(fresh.resolve("uploads/new"), "");
            Files.writeString(fresh.resolve("runnel.db"), "new");
            Files.writeString(Files.createDirectories(folder.resolve("uploads")).resolve("old"), "");
            Files.writeString(folder.resolve("runnel.db"), "old");
            Files.writeString(folder.resolve("runnel.db-wal"), "old");
            Files.createDirectories(folder.resolve("restoring-2/uploads"));
            cutOff(folder, fresh, moves);

            DataFolder.take(folder).close();

            assertEquals("new", Files.readString(folder.resolve("runnel.db")), "after " + moves);
            assertTrue(Files.exists(folder.resolve("uploads/new")) && Files.notExists(folder.resolve("runnel.db-wal")), "after " + moves);
            assertEquals("old", Files.readString(folder.resolve("before-restore-1/runnel.db")));
            assertEquals("old", Files.readString(folder.resolve("before-restore-1/runnel.db-wal")));
            assertTrue(Files.exists(folder.resolve("before-restore-1/uploads/old")));
            assertEquals(List.of(), names(folder, "restor"));
        }
    }

    /// The first `moves` of what a restore does.
    private static void cutOff(Path folder, Path fresh, int moves) throws IOException {
        var before = folder.resolve("before-restore-1");
        var steps = List.of(List.of(folder.resolve("uploads"), before.resolve("uploads")),
                List.of(fresh.resolve("uploads"), folder.resolve("uploads")), List.of(folder.resolve("runnel.db-wal"), before.resolve("runnel.db-wal")),
                List.of(folder.resolve("runnel.db"), before.resolve("runnel.db")), List.of(fresh.resolve("runnel.db"), folder.resolve("runnel.db")));
        for (var step : steps.subList(0, Math.min(moves, steps.size()))) {
            Files.createDirectories(before);
            Files.move(step.getFirst(), step.getLast());
        }
    }

    @Test
    void a_cursor_of_what_grew_after_the_backup_is_never_one_in_what_grows_after_its_return() {
        Sent sent;
        String cursor;
        try (var server = server("one")) {
            var client = server.client();
            sent = cut(server);
            run(0, temp.resolve("one"), "backup", backup().toString());
            server.upstream().next(Scenarios.deltas("two"));
            client.post("/api/replies/" + sent.reply() + "/continue", Client.object());
            cursor = client.whole(sent).cursor();
        }
        run(0, temp.resolve("one"), "restore", backup().toString());
        try (var server = server("one")) {
            var client = server.client();
            server.upstream().next(Scenarios.deltas("another"));
            client.post("/api/replies/" + sent.reply() + "/continue", Client.object());
            client.whole(sent);
            try (var reader = client.read(sent, "Last-Event-ID", cursor)) {
                var back = new Follower().readAll(reader);
                assertEquals(List.of(false), back.greetings());
                assertTrue(back.content().endsWith("another"), back.content());
            }
        }
    }

    private static Sent cut(Server server) {
        var script = server.upstream().script();
        var sent = server.client().ask("hello", "x");
        script.send("half ");
        try (var reader = server.client().read(sent)) {
            reader.next("message");
        }
        server.client().post("/api/replies/" + sent.reply() + "/stop", Client.object());
        return sent;
    }

    @Test
    void an_export_is_taken_back_and_the_same_file_twice_changes_nothing() throws Exception {
        backedUp();
        var file = temp.resolve("export.zip").toString();
        assertTrue(run(0, temp.resolve("one"), "export", file).startsWith("1 chats are in"));
        assertTrue(run(1, temp.resolve("one"), "export", file).contains("is there already"));
        try (var server = server("two")) {
            assertTrue(run(0, temp.resolve("two"), "import", file).startsWith("1 chats are new"));
            assertTrue(run(0, temp.resolve("two"), "import", file).startsWith("0 chats are new, 1 were imported before, 0 presets are new"));
            var chats = Client.json(server.client().get("/api/chats")).get("chats");
            assertEquals(1, chats.size());
            assertEquals("hello", chats.get(0).get("title").asText());
        }
        assertTrue(run(1, temp.resolve("two"), "import", Files.writeString(temp.resolve("x"), "nonsense").toString()).contains("not JSON"));
    }

    @Test
    void the_same_zip_comes_and_goes_by_the_api() throws Exception {
        backedUp();
        byte[] zip;
        try (var server = server("one")) {
            var answer = server.client().send("GET", "/api/export", null, BodyHandlers.ofByteArray());
            assertEquals("application/zip", answer.headers().firstValue("Content-Type").orElse(""));
            zip = answer.body();
        }
        try (var server = server("two"); var http = java.net.http.HttpClient.newHttpClient()) {
            for (int status : new int[] {201, 200}) {
                var post = java.net.http.HttpRequest.newBuilder(server.url("/api/import")).header("Content-Type", "application/zip").POST(BodyPublishers.ofByteArray(zip)).build();
                assertEquals(status, http.send(post, BodyHandlers.ofString()).statusCode());
            }
            var half = java.net.http.HttpRequest.newBuilder(server.url("/api/import")).header("Content-Type", "application/zip")
                    .POST(BodyPublishers.ofByteArray(java.util.Arrays.copyOf(zip, zip.length / 3))).build();
            assertEquals(400, http.send(half, BodyHandlers.ofString()).statusCode());
            assertEquals(1, Client.json(server.client().get("/api/chats")).get("chats").size());
        }
    }

    @Test
    void where_people_have_accounts_it_has_to_be_said_whose_chats_are_meant() throws Exception {
        try (var server = server("one", "AUTH", "accounts")) {
            var ada = Person.registered(server, "ada@example.org");
            Person.registered(server, "bob@example.org");
            ada.send("POST", "/api/chat", Client.object().put("prompt", "mine").put("model", "x"));
            var file = temp.resolve("export.zip").toString();
            assertTrue(run(2, temp.resolve("one"), "export", file, "--user", "ada@example.org", "--nonsense").contains("--nonsense"));
            assertTrue(run(0, temp.resolve("one"), "export", file, "--user", "ADA@example.org").startsWith("1 chats"));
            assertTrue(run(0, temp.resolve("one"), "export", "--overwrite", file, "--user", "bob@example.org").startsWith("0 chats"));
            assertFalse(run(1, temp.resolve("one"), "export", file + "2", "--user", "eve@example.org").contains("chats are in"));
        }
    }
}
