package runnel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import runnel.Server;
import runnel.cli.Finding.Level;
import runnel.faults.DocumentedProxy;
import runnel.faults.DocumentedProxy.Kind;
import runnel.settings.Settings;
import runnel.settings.SettingsSources;
import runnel.upstream.openai.Discovery;

/// What the doctor finds through the documented proxies, below a path, and what each may get wrong there.
@TestInstance(Lifecycle.PER_CLASS)
class PathProxyTest {
    private SSLContext usual;
    private SSLSocketFactory usualSockets;
    private Server server;
    private Server without;

    @TempDir
    Path folder;

    private record Wrong(Kind kind, String line, String instead, String remedy) {}

    /// A line of the document that is missing or another, and one of those that the doctor then names.
    private static final List<Wrong> WRONG = List.of(
            new Wrong(Kind.NGINX, "proxy_http_version 1.1;\n        proxy_buffering off;", "proxy_ignore_headers X-Accel-Buffering; proxy_http_version 1.0;",
                    "proxy_buffering off;"),
            new Wrong(Kind.NGINX, "client_max_body_size 0;", "", "client_max_body_size 0;"),
            new Wrong(Kind.NGINX, "Upgrade $http_upgrade;", "Upgrade '';", "proxy_set_header Upgrade $http_upgrade;"),
            new Wrong(Kind.NGINX, "proxy_pass http://127.0.0.1:7070;", "proxy_pass http://127.0.0.1:7070//;", "location /chat/ {"),
            new Wrong(Kind.APACHE, "upgrade=websocket", "", "upgrade=websocket"),
            new Wrong(Kind.APACHE, "ProxyTimeout 3600", "ProxyTimeout 2", "ProxyTimeout 3600"),
            new Wrong(Kind.APACHE, "7070/chat flush", "7070/chat/chat flush", "ProxyPass /chat/ http://127.0.0.1:7070/chat/"),
            new Wrong(Kind.HAPROXY, "timeout server 1h", "timeout server 2s", "timeout server 1h"),
            new Wrong(Kind.HAPROXY, "server runnel", "http-request replace-path /chat(.*) /x\\1\n    server runnel",
                    "use_backend runnel if { path /chat } or { path_beg /chat/ }"),
            new Wrong(Kind.CADDY, "handle @runnel {", "handle @runnel {\nuri strip_prefix /ch", "exactly /chat taken off"));

    @BeforeAll
    void trust(@TempDir Path data) throws Exception {
        usual = SSLContext.getDefault();
        usualSockets = HttpsURLConnection.getDefaultSSLSocketFactory();
        SSLContext.setDefault(DocumentedProxy.trusting().sslContext());
        HttpsURLConnection.setDefaultSSLSocketFactory(DocumentedProxy.trusting().sslSocketFactory());
        server = Server.start(data.resolve("below"), "PUBLIC_URL", "https://localhost/chat", "AUTH", "none");
        without = Server.start(data.resolve("without"), "PUBLIC_URL", "https://localhost", "AUTH", "none");
    }

    @AfterAll
    void trustNoMore() {
        SSLContext.setDefault(usual);
        HttpsURLConnection.setDefaultSSLSocketFactory(usualSockets);
        server.close();
        without.close();
    }

    private static List<Finding> look(URI site) {
        var settings = Settings.of(SettingsSources.of(Map.of()));
        return ProxyCheck.of(new DoctorInput("1", settings, List.of(), new Discovery(List.of(), _ -> null)), site);
    }

    /// As many at once as the server lets look.
    private static <T> void atOnce(Stream<T> all, Consumer<T> each) {
        try (var threads = Executors.newFixedThreadPool(3)) {
            all.map(one -> CompletableFuture.runAsync(() -> each.accept(one), threads)).toList().forEach(CompletableFuture::join);
        }
    }

    @Test
    void each_documented_proxy_is_healthy_whether_it_takes_the_path_off_or_not_and_speaks_http_2() {
        atOnce(Stream.of(Kind.values()).flatMap(kind -> Stream.of(Map.entry(kind, true), Map.entry(kind, false))), set -> {
            var files = folder.resolve(set.getKey() + "-" + set.getValue());
            try (var proxy = DocumentedProxy.before(server.url(""), set.getKey(), set.getValue(), files)) {
                var site = URI.create(proxy.site() + "/chat");
                assertEquals(List.of(), look(site).stream().filter(finding -> finding.level() != Level.GOOD).toList(), set.toString());
                assertEquals(HttpClient.Version.HTTP_2, version(site), set.toString());
            }
        });
    }

    private static HttpClient.Version version(URI site) {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(site + "/health")).build(), BodyHandlers.discarding()).version();
        } catch (IOException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    @Test
    void what_each_gets_wrong_is_named_with_the_line_to_add() {
        atOnce(WRONG.stream(), wrong -> {
            var files = folder.resolve("wrong-" + WRONG.indexOf(wrong));
            try (var proxy = DocumentedProxy.before(server.url(""), wrong.kind, false, files, wrong.line, wrong.instead)) {
                var sick = look(URI.create(proxy.site() + "/chat")).stream().filter(finding -> finding.level() != Level.GOOD).toList();
                assertTrue(sick.stream().flatMap(finding -> finding.remedy().stream()).anyMatch(line -> line.contains(wrong.remedy)), wrong + ": " + sick);
            }
        });
    }

    @Test
    void a_server_that_was_not_told_the_path_is_named_with_the_setting() {
        atOnce(Stream.of(true, false), strips -> {
            try (var proxy = DocumentedProxy.before(without.url(""), Kind.NGINX, strips, folder.resolve("without-" + strips))) {
                var site = proxy.site() + "/chat";
                assertEquals("Set PUBLIC_URL=" + site + " and start it again.", look(URI.create(site)).getFirst().remedy().getFirst().replaceFirst(" If it is .*", ""));
            }
        });
    }
}
