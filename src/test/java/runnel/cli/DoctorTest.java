package runnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import runnel.settings.Outbound;
import runnel.settings.NoProxy;
import runnel.settings.HttpProxy;
import runnel.Client;
import runnel.Server;
import runnel.chat.Secret;
import runnel.cli.Finding.Area;
import runnel.cli.Finding.Level;
import runnel.faults.LockedDatabase;
import runnel.faults.Nginx;
import runnel.settings.Auth;
import runnel.settings.Provider;
import runnel.settings.Settings;
import runnel.settings.SettingsSources;
import runnel.upstream.openai.Discovery;
import runnel.upstream.openai.Endpoint;
import runnel.upstream.openai.Scenario;
import runnel.upstream.openai.Scenarios;
import runnel.upstream.openai.ScriptedUpstream;

/// What the doctor finds, and what it advises.
class DoctorTest {
    private static final String REPLACES_THE_NAME = Nginx.GOOD.replace("$http_host", "localhost");
    private static final String IMPATIENT = Nginx.GOOD + "proxy_read_timeout 2s;";
    private static final Discovery NOWHERE = new Discovery(List.of(), _ -> null);
    /// What was found through each proxy. A look takes some seconds, so all look at once.
    private static final Map<String, CompletableFuture<List<Finding>>> LOOKED = new HashMap<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void lookThroughProxies(@TempDir Path all) {
        for (var location : List.of(Nginx.GOOD, Nginx.BUFFERING, REPLACES_THE_NAME, IMPATIENT)) {
            var folder = all.resolve("proxy-" + LOOKED.size());
            LOOKED.put(location, CompletableFuture.supplyAsync(() -> look(location, folder), Thread::startVirtualThread));
        }
        LOOKED.values().forEach(CompletableFuture::join);
    }

    // The way through

    @Test
    void a_proxy_that_passes_everything_on_at_once_is_healthy() {
        var findings = through(Nginx.GOOD);
        assertEquals(List.of(), sick(findings));
        assertEquals(6, findings.size());
    }

    @Test
    void a_proxy_that_buffers_is_named_with_the_line_to_add() {
        var finding = sick(through(Nginx.BUFFERING)).getFirst();
        assertEquals(Level.BAD, finding.level());
        assertTrue(finding.sentence().startsWith("Events are held back: 8 that left within 1,750 ms arrived within "), finding.sentence());
        assertTrue(finding.remedy().contains("    proxy_buffering off;"), finding.toString());
        assertFalse(String.join(" ", finding.remedy()).contains("Caddy"), "it is nginx");
    }

    @Test
    void a_proxy_that_knows_no_web_sockets_is_named_with_the_lines_to_add() {
        var finding = sick(through(Nginx.BUFFERING)).getLast();
        assertTrue(finding.sentence().startsWith("WebSockets do not come through"), finding.sentence());
        assertTrue(finding.remedy().contains("    proxy_set_header Upgrade $http_upgrade;"), finding.toString());
    }

    @Test
    void a_proxy_that_replaces_the_name_in_the_address_is_named_with_the_line_to_add() {
        var finding = sick(through(REPLACES_THE_NAME)).getFirst();
        assertTrue(finding.remedy().contains("    proxy_set_header Host $http_host;"), finding.toString());
    }

    @Test
    void a_proxy_that_does_not_wait_is_named_with_the_line_to_add() {
        var finding = sick(through(IMPATIENT)).getFirst();
        assertEquals("An answer that takes 3 s becomes a 504.", finding.sentence());
        assertTrue(finding.remedy().contains("    proxy_read_timeout 1h;"), finding.toString());
    }

    @Test
    void a_proxy_without_a_server_behind_it_and_an_address_without_anything_are_told_apart() {
        try (var nginx = Nginx.before(URI.create("http://127.0.0.1:1"), Nginx.GOOD, folder.resolve("nginx"))) {
            assertEquals("The proxy is there and does not reach Runnel: it answers 502.", ProxyCheck.of(subject(), nginx.site()).getFirst().sentence());
        }
        assertEquals("http://127.0.0.1:1 cannot be reached.", ProxyCheck.of(subject(), URI.create("http://127.0.0.1:1")).getFirst().sentence());
    }

    @Test
    void a_server_without_a_proxy_is_not_taken_for_one_behind_a_proxy() {
        try (var server = Server.start(folder.resolve("data"))) {
            assertTrue(ProxyCheck.of(subject(), server.url("")).getFirst().sentence().endsWith("with nothing in between that tells its name."));
        }
    }

    @Test
    void a_name_that_the_server_does_not_answer_to_is_told_with_the_setting() {
        try (var server = Server.start(folder.resolve("data"));
                var nginx = Nginx.before(server.url(""), Nginx.GOOD.replace("$http_host", "chat.example"), folder.resolve("nginx"))) {
            var finding = ProxyCheck.of(subject(), nginx.site()).getFirst();
            assertEquals(List.of("Set PUBLIC_URL=" + nginx.site() + " and start it again."), finding.remedy());
        }
    }

    private static List<Finding> through(String location) {
        return LOOKED.get(location).join();
    }

    private static List<Finding> look(String location, Path folder) {
        try (var server = Server.start(folder.resolve("data"));
                var nginx = Nginx.before(server.url(""), location, folder.resolve("nginx"))) {
            return ProxyCheck.of(subject(folder), nginx.site());
        }
    }

    // The model

    @Test
    void a_model_that_streams_is_healthy_and_costs_one_question_with_a_cap() {
        try (var model = new ScriptedUpstream()) {
            model.next(Scenarios.paced(10, 20));
            assertEquals(List.of(), sick(ModelCheck.of(subject(model.endpoint()), true)));
            assertEquals(48, model.asked().getLast().body().get("max_tokens").asInt());
            assertEquals(2, model.asked().size());
        }
    }

    @Test
    void a_model_whose_answer_comes_in_one_lump_is_told() {
        var finding = asked(Scenarios.notStreamed("one, two, three"));
        assertEquals(Level.NOTE, finding.level());
        assertTrue(finding.sentence().endsWith("its answer comes in one lump."), finding.sentence());
    }

    @Test
    void a_model_that_refuses_the_key_is_told_with_the_setting_and_without_the_key() {
        var finding = asked(Scenarios.refuse(401, "Incorrect API key: " + ScriptedUpstream.CANARY));
        assertEquals(Level.BAD, finding.level());
        assertTrue(finding.remedy().getFirst().contains("OPENAI_API_KEY"));
        assertFalse(finding.toString().contains(ScriptedUpstream.CANARY));
    }

    @Test
    void without_asking_nothing_is_spent() {
        try (var model = new ScriptedUpstream()) {
            assertEquals(List.of(), sick(ModelCheck.of(subject(model.endpoint()), false)));
            assertTrue(model.asked().stream().allMatch(asked -> asked.path().endsWith("/models")));
        }
    }

    @Test
    void the_proxy_on_a_way_that_fails_is_named_with_its_setting() {
        try (var model = new ScriptedUpstream()) {
            var direct = model.endpoint();
            var outbound = new Outbound(List.of(), HttpProxy.of("http://somebody:" + ScriptedUpstream.CANARY + "@127.0.0.1:1"), Optional.empty(), NoProxy.of(""));
            var endpoint = new Endpoint(Provider.main(URI.create("http://model.invalid/v1"), direct.key(), Optional.empty(), Provider.Offer.WHATEVER_IT_LISTS), Optional.empty(), direct.waits(), direct.continueBy(), outbound);
            var finding = ModelCheck.of(subject(endpoint), true).getLast();
            assertEquals(Level.BAD, finding.level());
            assertTrue(finding.remedy().getLast().contains("through the proxy 127.0.0.1:1 (HTTP_PROXY)"), finding.toString());
            assertFalse(finding.toString().contains(ScriptedUpstream.CANARY));
        }
    }

    @Test
    void each_server_is_looked_at_and_the_sick_ones_are_named_with_what_to_set() throws IOException {
        try (var model = new ScriptedUpstream()) {
            Path file = Files.writeString(folder.resolve("servers.json"), """
                    [{"id": "good", "url": "%s"}, {"id": "dead", "url": "http://127.0.0.1:1/v1"}, {"id": "keyless", "url": "%s", "key_env": "NO_SUCH_KEY"}]"""
                    .formatted(model.baseUrl(), model.baseUrl()));
            var settings = Settings.of(SettingsSources.of(Map.of("PROVIDERS", file.toString())));
            var endpoints = settings.servers().all().stream().map(provider -> new Endpoint(provider, Optional.empty(), model.endpoint().waits(),
                    model.endpoint().continueBy(), model.endpoint().outbound())).toList();
            var findings = ModelCheck.of(new DoctorInput("1", settings, endpoints, NOWHERE), false);
            assertEquals(List.of(Level.GOOD, Level.BAD, Level.BAD), findings.stream().map(Finding::level).toList());
            assertTrue(findings.get(0).sentence().startsWith("good: 127.0.0.1:"), findings.toString());
            assertTrue(findings.get(1).sentence().startsWith("dead: ") && findings.get(2).sentence().startsWith("keyless: "), findings.toString());
            assertTrue(findings.get(1).remedy().toString().contains("servers.json[1] (dead), url"), findings.toString());
            assertTrue(findings.get(2).remedy().toString().contains("Set NO_SUCH_KEY in the environment"), findings.toString());
        }
    }

    @Test
    void what_is_found_on_this_machine_is_named_where_nothing_is_set() {
        try (var model = new ScriptedUpstream()) {
            var discovery = new Discovery(List.of(new Discovery.Place("ollama", "Ollama", model.baseUrl().getPort())), provider -> new Endpoint(provider,
                    Optional.empty(), model.endpoint().waits(), model.endpoint().continueBy(), model.endpoint().outbound()));
            var findings = ModelCheck.of(new DoctorInput("1", subject().settings(), List.of(), discovery), true);
            assertEquals(List.of(), sick(findings));
            assertTrue(findings.getFirst().sentence().startsWith("Ollama on this machine answers at " + model.baseUrl()), findings.toString());
        }
    }

    private Finding asked(Scenario scenario) {
        try (var model = new ScriptedUpstream()) {
            model.next(scenario);
            return ModelCheck.of(subject(model.endpoint()), true).getLast();
        }
    }

    // The data

    @Test
    void a_folder_that_is_not_there_yet_is_not_made() {
        assertEquals(List.of(), sick(DataCheck.of(subject())));
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void a_database_in_use_is_looked_at_without_disturbing_it() {
        try (var server = Server.start(folder.resolve("data"))) {
            var sent = server.client().ask("Hello", "paced:20,20");
            assertEquals(List.of(), sick(DataCheck.of(subject())));
            assertEquals("complete", server.client().whole(sent).status());
        }
    }

    @Test
    void a_locked_database_is_told() {
        Server.start(folder.resolve("data")).close();
        try (var _ = LockedDatabase.in(folder.resolve("data"))) {
            assertTrue(DataCheck.database(folder.resolve("data/runnel.db")).getFirst().sentence().contains("cannot be written: it is locked"));
        }
    }

    @Test
    void a_damaged_database_is_told() throws IOException {
        Path file = Files.writeString(folder.resolve("runnel.db"), "This is not a database, but long enough to be taken for one. ".repeat(200));
        assertEquals(Level.BAD, DataCheck.database(file).getFirst().level());
    }

    @Test
    void a_folder_that_others_can_look_into_is_told_with_the_command() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertEquals(List.of("chmod go= " + data), sick(DataCheck.of(subject())).getFirst().remedy());
    }

    @ParameterizedTest
    @CsvSource({"50, BAD", "500, NOTE", "5000, GOOD"})
    void little_room_on_the_disk_is_told_in_time(long megabytes, Level level) {
        assertEquals(level, DataCheck.space(megabytes << 20).level());
    }

    // Settings and machine

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "ACCOUNTS | 0.0.0.0 | | | 15 | can be reached from other machines",
            "NONE | 127.0.0.1 | https://chat.example | 127.0.0.1 | 15 | whoever the proxy lets through",
            "ACCOUNTS | 127.0.0.1 | http://chat.example | 127.0.0.1 | 15 | not encrypted",
            "ACCOUNTS | 127.0.0.1 | https://chat.example | 0.0.0.0/0 | 15 | believes everybody",
            "ACCOUNTS | 127.0.0.1 | https://chat.example | | 15 | none is trusted",
            "ACCOUNTS | 127.0.0.1 | | | 120 | rarer than many proxies wait"})
    void settings_that_do_not_fit_together_are_told(Auth auth, String host, String url, String proxies, int heartbeat, String words) {
        var settings = new HashMap<>(Map.of("HOST", host, "AUTH", auth.name(), "HEARTBEAT", "" + heartbeat));
        settings.put("PUBLIC_URL", url == null ? "" : url);
        settings.put("TRUSTED_PROXIES", proxies == null ? "" : proxies);
        var doctorInput = new DoctorInput("1", Settings.of(SettingsSources.of(settings)), List.of(), NOWHERE);
        var findings = SettingsCheck.of(doctorInput);
        assertEquals(1, findings.size(), findings.toString());
        assertTrue(findings.getFirst().sentence().contains(words), findings.toString());
        assertFalse(findings.getFirst().remedy().isEmpty());
    }

    @Test
    void a_key_that_travels_in_the_open_is_told() {
        var far = new Endpoint(URI.create("http://model.example/v1"), Optional.of(new Secret("k")), Optional.empty(), Optional.empty(), Duration.ofSeconds(1));
        assertTrue(SettingsCheck.of(subject(far)).getFirst().sentence().contains("without encryption"));
    }

    @Test
    void too_few_open_files_are_told_with_the_three_ways_to_have_more() {
        assertEquals(3, Doctor.files(1_024, 10_000).remedy().size());
        assertEquals(Level.GOOD, Doctor.files(20_000, 10_000).level());
    }

    // The report

    @Test
    void the_report_ends_with_one_where_something_does_not_work_and_with_zero_where_it_could_be_better() {
        assertEquals(0, report(false, Finding.good(Finding.Area.DATA, "Fine."), Finding.note(Finding.Area.DATA, "So so.", "Do this.")).status);
        assertEquals(1, report(false, Finding.bad(Finding.Area.DATA, "Broken.", "Do that.")).status);
    }

    @Test
    void people_read_a_list_and_programs_one_document() {
        var bad = Finding.bad(Finding.Area.DATA, "Broken.", "Do that.");
        assertEquals("\nData\n  ✗ Broken.\n      Do that.\n\n1 problem, no notes.\n", report(false, bad).text);
        var json = Client.json(report(true, bad).text);
        assertFalse(json.get("ok").asBoolean());
        assertEquals("Do that.", json.at("/findings/0/remedy/0").asText());
        assertEquals("bad", json.at("/findings/0/level").asText());
    }

    @Test
    void it_takes_every_flag_that_the_server_takes_besides_its_own() {
        var seen = new HashMap<String, String>();
        var doctor = new Doctor(flags -> {
            seen.putAll(flags);
            return subject();
        });
        assertEquals(0, Commands.run("1", new Serve(flags -> {}), () -> List.of(doctor.command()), "doctor", "--without-asking", "--json", "--data-dir", "x", "--port=1"));
        assertEquals(Map.of("DATA_DIR", "x", "PORT", "1"), seen);
        assertEquals(2, Commands.run("1", new Serve(flags -> {}), () -> List.of(doctor.command()), "doctor", "--through", "ftp://x"));
    }

    @Test
    void what_a_server_says_is_one_line_and_does_nothing_to_a_terminal() {
        var said = "evil\033]0;PWN\007\u009b2J\u202e\n  \u2713 forged";
        for (boolean json : List.of(true, false)) {
            var told = report(json, Finding.note(Area.MODEL, said, said));
            assertEquals(List.of(), told.text().chars().filter(sign -> sign != '\n' && Character.isISOControl(sign) || sign == '\u202e').boxed().toList());
            assertTrue(told.text().lines().noneMatch(line -> line.strip().startsWith("\u2713 forged")), told.text());
        }
    }

    private record Told(String text, int status) {}

    private static Told report(boolean json, Finding... findings) {
        var text = new StringWriter();
        var report = new Report(new PrintWriter(text), json, true);
        report.add(List.of(findings));
        int status = report.close("1");
        return new Told(text.toString(), status);
    }

    private static List<Finding> sick(List<Finding> findings) {
        return findings.stream().filter(finding -> finding.level() != Level.GOOD).toList();
    }

    private DoctorInput subject(Endpoint... model) {
        return subject(folder, model);
    }

    private static DoctorInput subject(Path folder, Endpoint... model) {
        return new DoctorInput("1", Settings.of(SettingsSources.of(Map.of("DATA_DIR", folder.resolve("data").toString()))),
                List.of(model), NOWHERE);
    }
}
