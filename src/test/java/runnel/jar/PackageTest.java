package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.sun.net.httpserver.HttpServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import runnel.Client;
import runnel.Person;
import runnel.jar.Packed.Ran;
import runnel.upstream.openai.ScriptedUpstream;
import runnel.upstream.openai.TestAuthority;

/// Archive, installer and Debian package, used as people use them. No Java is on the path.
@Tag("jar")
class PackageTest {
    @TempDir
    Path folder;

    @TempDir
    static Path unpacked;

    @BeforeAll
    static void pack() throws Exception {
        Packed.make();
        var ran = Packed.run(unpacked, Map.of("PATH", "/usr/bin:/bin"), "tar", "-xzf", Packed.file(".tar.gz").toString());
        assertEquals(0, ran.status(), ran.output());
    }

    private Map<String, String> environment(String... more) {
        return Packed.environment(folder, more);
    }

    private Ran run(Map<String, String> environment, String... command) throws Exception {
        return Packed.run(folder, environment, command);
    }

    /// The runtime has what the program needs: TLS to the model, the database, mail, and a terminal.
    @Test
    void the_archive_runs_with_its_own_java_over_tls_with_mail_and_in_a_terminal() throws Exception {
        var program = unpacked.resolve("runnel/bin/runnel");
        var authority = new TestAuthority();
        var post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        post.start();
        try (var model = new ScriptedUpstream(authority.server("127.0.0.1"))) {
            var settings = environment("RUNNEL_CACHE", Packed.noRehearsal(folder, unpacked.resolve("runnel")), "OPENAI_BASE_URL", model.baseUrl().toString(),
                    "OPENAI_API_KEY", ScriptedUpstream.CANARY, "ANY_MODEL", "true",
                    "OPENAI_CA_FILE", Files.writeString(folder.resolve("ca.pem"), authority.pem()).toString());
            var people = new HashMap<>(settings);
            people.putAll(Map.of("AUTH", "accounts", "MAIL_FROM", "a@example.org", "SMTP_URL", "smtp://127.0.0.1:" + post.getSmtp().getPort()));
            try (var jar = Jar.start(folder, people, List.of(program.toString())).ready()) {
                var person = Client.object().put("name", "Ada").put("email", "ada@example.org").put("password", Person.PASSWORD);
                var cookie = jar.client().post("/api/register", person, "Origin", jar.url()).headers().firstValue("Set-Cookie").orElseThrow();
                var asked = jar.client().post("/api/chat", Client.object().put("prompt", "hello").put("model", "text:3"), "Origin", jar.url(),
                        "Cookie", cookie.replaceFirst(";.*", ""), "Accept", "text/plain");
                assertEquals("word0 word1 word2 ", asked.body(), Jar.errors(folder));
                jar.client().post("/api/password/forgot", Client.object().put("email", "ada@example.org"));
                assertTrue(post.waitForIncomingEmail(20_000, 1), Jar.errors(folder));
            }
            settings.put("DATA_DIR", folder.resolve("own").toString());
            try (var terminal = new Tmux(folder, settings, List.of(program.toString(), "ask", "-m", "text:3", "hello"))) {
                terminal.awaitText("word0 word1 word2");
                terminal.awaitText("STATUS 0");
            }
        } finally {
            post.stop();
        }
    }

    @Test
    void it_is_called_through_a_link_and_completes_commands_in_bash() throws Exception {
        var tree = unpacked.resolve("runnel");
        assertTrue(run(environment(), tree.resolve("bin/runnel").toString(), "--version").output().startsWith("Runnel "));
        var link = Files.createSymbolicLink(folder.resolve("elsewhere"), tree.resolve("bin/runnel"));
        assertTrue(run(environment(), link.toString(), "--help").output().contains("PUBLIC_URL"));
        var completed = run(environment(), "bash", "-c", "source " + tree + "/share/runnel.bash; COMP_WORDS=(runnel do); COMP_CWORD=1; _complete_runnel 2>/dev/null; echo ${COMPREPLY[@]}");
        assertEquals("doctor", completed.output().strip());
    }

    @Test
    void zsh_completes_commands_at_the_first_tab() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/zsh")), "zsh is not here");
        var tree = unpacked.resolve("runnel");
        Files.writeString(folder.resolve(".zshrc"), "PS1='ready '\nfpath=(%s $fpath)\nPATH=%s:$PATH\nautoload -U compinit\ncompinit -u\n"
                .formatted(tree.resolve("share"), tree.resolve("bin")));
        try (var terminal = new Tmux(folder, environment("ZDOTDIR", folder.toString()), List.of("zsh", "-i"))) {
            terminal.awaitText("ready");
            terminal.press("runnel do");
            terminal.press("Tab");
            terminal.awaitText("runnel doctor");
            assertFalse(terminal.screen().contains("not found"), terminal.screen());
        }
    }

    private Ran install(HttpServer server, String... arguments) throws Exception {
        var script = Packed.DIST.resolve("install.sh").toString();
        var command = new ArrayList<>(List.of("sh", script));
        command.addAll(List.of(arguments));
        return run(environment("RUNNEL_FROM", "http://127.0.0.1:" + server.getAddress().getPort() + "/"), command.toArray(String[]::new));
    }

    @Test
    void install_sh_installs_upgrades_refuses_what_is_wrong_and_takes_away_what_it_put_there() throws Exception {
        var server = Packed.serve(Packed.DIST);
        try {
            var first = install(server, "--user");
            assertEquals(0, first.status(), first.output());
            var program = folder.resolve(".local/bin/runnel");
            assertTrue(run(environment(), program.toString(), "--version").output().startsWith("Runnel "));
            Files.writeString(folder.resolve(".local/lib/runnel/of-the-old-version"), "");
            assertEquals(0, install(server, "--user").status());
            assertFalse(Files.exists(folder.resolve(".local/lib/runnel/of-the-old-version")));
            refusesWhatIsWrong(program);
            assertEquals(0, install(server, "--uninstall", "--user").status());
            try (var left = Files.walk(folder.resolve(".local"))) {
                assertEquals(List.of(), left.filter(path -> !Files.isDirectory(path)).toList());
            }
            assertEquals(1, install(server, "--uninstall", "--user").status());
        } finally {
            server.stop(0);
        }
    }

    private void refusesWhatIsWrong(Path program) throws Exception {
        var wrong = Files.createDirectories(folder.resolve("wrong"));
        Files.copy(Packed.DIST.resolve("SHA256SUMS"), wrong.resolve("SHA256SUMS"));
        var archive = wrong.resolve(Packed.file(".tar.gz").getFileName());
        Files.write(archive, Arrays.copyOf(Files.readAllBytes(Packed.file(".tar.gz")), 1_000_000)); // cut
        var server = Packed.serve(wrong);
        try {
            var refused = install(server, "--user");
            assertEquals(1, refused.status());
            assertTrue(refused.output().contains("Nothing was changed"), refused.output());
            assertEquals(1, install(server, "--nonsense").status());
        } finally {
            server.stop(0);
        }
        assertEquals(0, run(environment(), program.toString(), "--version").status());
        try (var left = Files.list(folder.resolve(".local/lib"))) {
            assertEquals(List.of(folder.resolve(".local/lib/runnel")), left.toList());
        }
    }

    @Test
    void of_an_installer_that_was_cut_on_its_way_nothing_is_done() throws Exception {
        var script = Files.readString(Packed.DIST.resolve("install.sh"));
        for (int end = script.length() - 11; end > 0; end -= 97) {
            Files.writeString(folder.resolve("cut.sh"), script.substring(0, end));
            run(environment("RUNNEL_FROM", "http://127.0.0.1:1", "PREFIX", folder.resolve("prefix").toString()), "sh", "cut.sh", "--user");
            assertFalse(Files.exists(folder.resolve("prefix")), "cut at " + end);
        }
    }

    @Test
    void the_debian_package_is_installed_runs_is_upgraded_keeps_what_was_changed_and_is_purged() throws Exception {
        var root = folder.resolve("root");
        for (var part : List.of("info", "updates", "triggers")) {
            Files.createDirectories(root.resolve("var/lib/dpkg/" + part));
        }
        Files.writeString(root.resolve("var/lib/dpkg/status"), "");
        var before = Packed.installed(root);
        Packed.dpkg(root, "-i", Packed.file(".deb").toString());
        var program = root.resolve("usr/bin/runnel");
        try (var jar = Jar.start(folder, environment("RUNNEL_CACHE", Packed.noRehearsal(folder, root.resolve("usr/lib/runnel"))), List.of(program.toString(), "serve")).ready()) {
            assertTrue(jar.client().post("/api/chat", Client.object().put("prompt", "a number, fast"), "Accept", "text/event-stream").body().contains("event: stop"));
        }
        Files.writeString(root.resolve("etc/runnel/env"), "PORT=7171\n");
        Files.writeString(Files.createDirectories(root.resolve("var/lib/runnel")).resolve("runnel.db"), "chats");
        Packed.dpkg(root, "-i", Packed.file(".deb").toString());
        assertEquals("PORT=7171\n", Files.readString(root.resolve("etc/runnel/env")));
        Packed.dpkg(root, "-r", "runnel");
        assertFalse(Files.exists(program));
        assertTrue(Files.exists(root.resolve("var/lib/runnel/runnel.db")) && Files.exists(root.resolve("etc/runnel/env")));
        Packed.dpkg(root, "-P", "runnel");
        assertEquals(before, Packed.installed(root));
    }

    @Test
    void the_service_is_shut_in_and_systemd_understands_it() throws Exception {
        var unit = Files.readString(Path.of("src/package/debian/runnel.service"));
        for (var line : List.of("DynamicUser=yes", "StateDirectory=runnel", "ProtectSystem=strict", "NoNewPrivileges=yes", "EnvironmentFile=-/etc/runnel/env",
                "ExecStart=/usr/bin/runnel serve")) {
            assertTrue(unit.contains("\n" + line + "\n"), line);
        }
        if (Files.isExecutable(Path.of("/usr/bin/systemd-analyze"))) {
            var there = Files.writeString(folder.resolve("runnel.service"), unit.replace("/usr/bin/runnel", "/bin/true"));
            var ran = run(environment(), "systemd-analyze", "verify", there.toString());
            assertEquals("", ran.output().lines().filter(line -> line.contains("runnel.service")).reduce("", String::concat));
            var exposed = run(environment(), "systemd-analyze", "security", "--offline=yes", "--no-pager", "--threshold=35", there.toString());
            assertEquals(0, exposed.status(), exposed.output());
        }
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "RUNNEL_LONG", matches = "1", disabledReason = "It takes a minute; RUNNEL_LONG=1 runs it.")
    void the_same_jar_gives_the_same_bytes_again() throws Exception {
        var before = Files.readString(Packed.DIST.resolve("SHA256SUMS"));
        Packed.make();
        assertEquals(before, Files.readString(Packed.DIST.resolve("SHA256SUMS")));
    }

    /// As `debootstrap --variant=minbase --include=curl bookworm ROOT` makes it, with `/proc` mounted, by which Java finds its libraries.
    /// The test changes it.
    @Test
    @EnabledIfEnvironmentVariable(named = "RUNNEL_ROOT", matches = "/.+", disabledReason = "RUNNEL_ROOT names a root made by debootstrap.")
    void in_a_root_without_java_each_gives_a_streaming_chat() throws Exception {
        var root = Path.of(System.getenv("RUNNEL_ROOT"));
        assertEquals(0, run(environment(), "cp", "-R", Packed.DIST.toString(), root.resolve("tmp").toString()).status());
        var server = Packed.serve(Packed.DIST);
        try {
            var from = "http://127.0.0.1:" + server.getAddress().getPort();
            for (var install : List.of("mkdir -p /opt && tar -xzf /tmp/dist/*.tar.gz -C /opt && ln -sf /opt/runnel/bin/runnel /usr/local/bin/",
                    "rm -rf /opt/runnel /usr/local/bin/runnel && dpkg -i /tmp/dist/*.deb", "dpkg -P runnel && curl -fsSL " + from + "/install.sh | RUNNEL_FROM=" + from + " sh")) {
                var ran = run(environment(), "chroot", root.toString(), "sh", "-c", install);
                assertEquals(0, ran.status(), ran.output());
                try (var jar = Jar.start(folder, environment("HOME", "/root", "DATA_DIR", "/tmp/data", "PATH", "/usr/local/bin:/usr/bin:/bin"), List.of("chroot", root.toString(), "runnel", "serve")).ready()) {
                    var said = jar.client().post("/api/chat", Client.object().put("prompt", "a number, fast"), "Accept", "text/event-stream").body();
                    assertTrue(said.contains("event: message") && said.contains("event: stop"), said);
                }
            }
        } finally {
            server.stop(0);
        }
    }
}
