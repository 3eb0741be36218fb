package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.web.WebTest.NOWHERE;
import static runnel.web.WebTest.problem;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.RawHttp;
import runnel.Server;
import runnel.web.OneServerTest;

class PageFilesTest extends OneServerTest {
    @TempDir
    Path data;

    private static String tag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    @Test
    void the_page_is_the_same_at_every_address_of_a_chat() {
        var page = client.get("/");
        assertEquals(200, page.statusCode());
        assertTrue(page.headers().firstValue("Content-Type").orElse("").startsWith("text/html"));
        assertEquals(page.body(), client.get("/c/" + NOWHERE).body());
    }

    @Test
    void what_the_browser_has_already_is_not_sent_again() {
        var first = client.get(client.script());
        var again = client.get(client.script(), "If-None-Match", tag(first));

        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(tag(first), tag(again));
        assertEquals(200, client.get(client.script(), "If-None-Match", "\"other\"").statusCode());
    }

    @Test
    void a_tag_that_a_proxy_made_weak_or_put_in_a_list_is_understood() {
        var tag = tag(client.get(client.script()));
        assertEquals(304, client.get(client.script(), "If-None-Match", "W/" + tag).statusCode());
        assertEquals(304, client.get(client.script(), "If-None-Match", "\"other\", " + tag).statusCode());
        assertEquals(304, client.get(client.script(), "If-None-Match", "*").statusCode());
    }

    @Test
    void the_tag_is_of_the_contents_and_nothing_else() throws Exception {
        var folder = Files.createDirectory(data.resolve("page"));
        Files.writeString(folder.resolve("index.html"), "<!doctype html>one");
        Files.writeString(folder.resolve("x.js"), "one");
        try (var other = Server.start(data.resolve("other"), "PUBLIC_DIR", folder.toString())) {
            var first = tag(other.client().get("/x.js"));
            Files.writeString(folder.resolve("x.js"), "one");
            assertEquals(first, tag(other.client().get("/x.js")));
            Files.writeString(folder.resolve("x.js"), "two");
            assertNotEquals(first, tag(other.client().get("/x.js")));
            assertEquals("two", other.client().get("/x.js", "If-None-Match", first).body());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing.js", "/css", "/js", "/js/", "/vendor", "/favicon.ico/x", "/.env", "/js/.hidden.js", "/db/migration/V1__chats.sql", "/index.html/",
        "/runnel/Main.class", "/META-INF/MANIFEST.MF", "/simplelogger.properties", "/x.exe"})
    void what_is_no_file_of_the_page_is_404(String path) {
        problem(404, client.get(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/../simplelogger.properties", "/js/../../simplelogger.properties", "/%2e%2e/simplelogger.properties", "/..%2fsimplelogger.properties",
        "/js/..%5c..%5csimplelogger.properties", "/js/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/js//main.js", "/js/.%00./main.js", "/js/%2fetc%2fpasswd"})
    void no_way_leads_out_of_the_folder(String path) {
        var answer = RawHttp.send(server.port(), "GET " + path + " HTTP/1.1", "Host: localhost");
        assertTrue(RawHttp.status(answer) >= 400, answer);
    }

    @Test
    void a_link_inside_the_folder_is_all_that_a_folder_can_lead_to() throws Exception {
        var folder = Files.createDirectory(data.resolve("page"));
        Files.writeString(folder.resolve("index.html"), "<!doctype html>one");
        Files.writeString(data.resolve("secret.txt"), "secret");
        try (var other = Server.start(data.resolve("other"), "PUBLIC_DIR", folder.toString())) {
            assertEquals(404, other.client().get("/secret.txt").statusCode());
            assertEquals(200, other.client().get("/").statusCode());
        }
    }

    @Test
    void everything_that_the_page_needs_has_a_type_that_browsers_run() throws Exception {
        var folder = Path.of("public").toAbsolutePath();
        try (var other = Server.start(data.resolve("other"), "PUBLIC_DIR", folder.toString()); var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = folder.relativize(file).toString();
                if (name.matches(".*\\.(js|mjs|css|html|svg|webmanifest|woff2)")) {
                    assertEquals(200, other.client().get("/" + name).statusCode(), name);
                }
            }
        }
    }

    /// What the document asks for that may be kept.
    private List<String> named(String document) {
        return client.named(document, "(?:src|href)=\"(/a/[^\"]+)\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/inspect", "/api/docs"})
    void what_a_document_names_may_be_kept_for_ever_and_the_document_is_asked_after_each_time(String path) {
        var document = client.get(path);
        assertEquals("no-cache", header(document, "Cache-Control"));
        var atOnce = Pattern.compile("<link rel=\"stylesheet\" href=\"/a/[^\"]+\\.css\">"); // one with `disabled` is loaded later
        assertEquals(1, atOnce.matcher(document.body()).results().count(), document.body());
        assertFalse(document.body().contains("\"/js/") || document.body().contains("\"/css/") || document.body().contains("\"/vendor/"), document.body());
        for (var name : named(path)) {
            var file = client.get(name);
            assertEquals(200, file.statusCode(), name);
            assertEquals("public, max-age=31536000, immutable", header(file, "Cache-Control"), name);
        }
    }

    @Test
    void at_the_address_of_another_version_is_nothing_so_that_no_two_are_mixed() {
        var name = client.script();
        var other = name.replaceFirst("-[0-9A-Z]+\\.js$", "-01234567.js");
        assertNotEquals(name, other);
        var answer = client.get(other);
        problem(404, answer);
        assertEquals("no-store", header(answer, "Cache-Control"));
    }

    @ParameterizedTest
    @CsvSource({"gzip, gzip", "'br, gzip;q=0.5', gzip", "'deflate, GZIP', gzip", "gzip;q=0, ''", "'gzip;q=0.000, br', ''", "identity, ''", "x-gzipped, ''"})
    void it_is_compressed_for_those_who_take_that(String taken, String coding) {
        var plain = client.get(client.script());
        var answer = client.get(client.script(), "Accept-Encoding", taken);
        assertEquals(coding, header(answer, "Content-Encoding"));
        assertEquals("Accept-Encoding", header(answer, "Vary"));
        assertEquals(coding.isEmpty(), tag(plain).equals(tag(answer)));
        assertEquals(304, client.get(client.script(), "Accept-Encoding", taken, "If-None-Match", tag(answer)).statusCode());
    }

    @Test
    void what_is_compressed_is_the_same_as_what_is_not() throws Exception {
        for (var name : List.of(client.script(), "/favicon.svg")) {
            var request = HttpRequest.newBuilder(server.url(name)).header("Accept-Encoding", "gzip").build();
            try (var http = HttpClient.newHttpClient()) {
                var answer = http.send(request, BodyHandlers.ofInputStream());
                assertEquals(client.get(name).body(), new String(new GZIPInputStream(answer.body()).readAllBytes(), StandardCharsets.UTF_8), name);
            }
        }
        assertEquals(Files.readString(Path.of("public/favicon.svg")), client.get("/favicon.svg").body());
    }

    @Test
    void from_a_folder_the_page_comes_as_it_is_written() throws Exception {
        try (var other = Server.start(data.resolve("other"), "PUBLIC_DIR", Path.of("public").toAbsolutePath().toString())) {
            for (var name : List.of("js/main.js", "css/base.css")) {
                var answer = other.client().get("/" + name, "Accept-Encoding", "gzip");
                assertEquals("", header(answer, "Content-Encoding"));
                assertEquals("no-cache", header(answer, "Cache-Control"));
                assertEquals(Files.readString(Path.of("public", name)), answer.body());
            }
            assertEquals(Files.readString(Path.of("public/index.html")), other.client().get("/").body());
        }
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
