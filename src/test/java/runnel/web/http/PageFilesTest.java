package runnel.web.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.web.WebTest.NOWHERE;
import static runnel.web.WebTest.problem;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.RawHttp;
import runnel.Server;
import runnel.web.OneServerTest;

class PageFilesTest extends OneServerTest {
    @TempDir
    Path data;

    private static String tag(java.net.http.HttpResponse<String> answer) {
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
        var first = client.get("/js/main.js");
        var again = client.get("/js/main.js", "If-None-Match", tag(first));

        assertEquals(304, again.statusCode());
        assertEquals("", again.body());
        assertEquals(tag(first), tag(again));
        assertEquals(200, client.get("/js/main.js", "If-None-Match", "\"other\"").statusCode());
    }

    @Test
    void a_tag_that_a_proxy_made_weak_or_put_in_a_list_is_understood() {
        var tag = tag(client.get("/js/main.js"));
        assertEquals(304, client.get("/js/main.js", "If-None-Match", "W/" + tag).statusCode());
        assertEquals(304, client.get("/js/main.js", "If-None-Match", "\"other\", " + tag).statusCode());
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
        try (var files = Files.walk(Path.of("public"))) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var name = Path.of("public").relativize(file).toString();
                if (name.matches(".*\\.(js|mjs|css|html|svg|webmanifest|woff2)")) {
                    assertEquals(200, client.get("/" + name).statusCode(), name);
                }
            }
        }
    }
}
