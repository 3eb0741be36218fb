package runnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.Server;
import runnel.store.SqliteDatabase;
import runnel.store.folder.DataFolder;

/// The operator's commands, beside a server that runs on the same database.
class UsersTest {
    @TempDir
    Path data;
    private Server server;

    @BeforeEach
    void start() {
        server = Server.start(data, "AUTH", "accounts", "REGISTRATION", "closed");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String run(int status, String... args) {
        var users = new Users(flags -> new Users.UserAdmin(SqliteDatabase.open(DataFolder.shared(data)), "http://chat.example"));
        var said = new StringWriter();
        var line = Commands.commandLine("test", new Serve(flags -> {}), List.of(users.command()));
        line.setOut(new PrintWriter(said)).setErr(new PrintWriter(said));
        assertEquals(status, line.execute(args), said::toString);
        return said.toString();
    }

    private void choosePassword(String said) {
        var link = Pattern.compile("http://chat.example/reset#(\\S+)").matcher(said);
        assertTrue(link.find(), said);
        var answer = Person.at(server, "").send("POST", "/api/password/reset",
                Client.object().put("token", link.group(1)).put("password", Person.PASSWORD));
        assertEquals(204, answer.statusCode(), answer.body());
    }

    @Test
    void where_registration_is_closed_the_operator_adds_people_by_a_link() {
        assertEquals(403, Person.at(server, "eve@example.org").register().statusCode());
        choosePassword(run(0, "user", "add", "ada@example.org", "--name", "Ada"));
        var ada = Person.at(server, "ada@example.org");
        assertEquals(200, ada.login(Person.PASSWORD).statusCode());
        assertEquals("Ada", ada.me().get("name").asText());
        assertEquals("admin", ada.me().get("role").asText());
    }

    @Test
    void disabling_and_enabling_work_while_the_server_runs() {
        choosePassword(run(0, "user", "add", "ada@example.org"));
        var ada = Person.at(server, "ada@example.org");
        ada.login(Person.PASSWORD);
        var token = "Bearer " + ada.token();
        run(0, "user", "disable", "ada@example.org");
        assertEquals(401, ada.get("/api/me").statusCode());
        assertEquals(401, server.client().get("/api/me", "Authorization", token).statusCode());
        run(0, "user", "enable", "ada@example.org");
        assertEquals(200, ada.login(Person.PASSWORD).statusCode());
        assertEquals(200, server.client().get("/api/me", "Authorization", token).statusCode());
    }

    @Test
    void a_user_can_be_promoted_and_listed() {
        run(0, "user", "add", "ada@example.org");
        run(0, "user", "add", "bob@example.org");
        assertTrue(run(0, "user", "list").contains("user     enabled"));
        run(0, "user", "promote", "bob@example.org");
        assertTrue(run(0, "user", "list").lines().allMatch(line -> line.startsWith("admin")));
    }

    @Test
    void a_name_cannot_write_to_the_operators_terminal() {
        run(0, "user", "add", "ada@example.org", "--name", "Ada\u001b[2J\nadmin    enabled  Eve\u202e");
        var list = run(0, "user", "list");
        assertEquals(1, list.lines().count(), list);
        assertTrue(list.strip().chars().noneMatch(Character::isISOControl) && !list.contains("\u202e"), list);
    }

    @Test
    void a_new_password_by_link_ends_sessions_and_tokens() {
        choosePassword(run(0, "user", "add", "ada@example.org"));
        var ada = Person.at(server, "ada@example.org");
        ada.login(Person.PASSWORD);
        var token = "Bearer " + ada.token();
        choosePassword(run(0, "user", "reset-password", "ada@example.org"));
        assertEquals(401, ada.get("/api/me").statusCode());
        assertEquals(401, server.client().get("/api/me", "Authorization", token).statusCode());
    }

    @Test
    void who_is_not_there_is_said_so() {
        assertTrue(run(1, "user", "disable", "nobody@example.org").contains("There is no account"));
        assertTrue(run(1, "user", "promote", "nonsense").contains("not an e-mail address"));
        assertEquals(1, run(0, "user", "add", "ada@example.org").lines().filter(line -> line.startsWith("Added")).count());
        assertTrue(run(1, "user", "add", "ADA@example.org").contains("already"));
    }
}
