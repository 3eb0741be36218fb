package runnel.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.Server;

/// The page in the other engine that can be had here. Without Firefox this is left out, and said so.
@Tag("page")
class FirefoxTest {
    @Test
    void a_reply_streams_and_a_reload_in_its_midst_shows_it_whole_and_the_console_is_silent(@TempDir Path data, @TempDir Path profile) throws Exception {
        assumeTrue(Firefox.program().isPresent(), "There is no Firefox here, so the page is not tried in it.");
        try (var server = Server.start(data); var firefox = new Firefox(Firefox.program().orElseThrow(), profile)) {
            var script = server.upstream().script();
            firefox.open(server.url("/").toString());
            firefox.await("document.getElementById('message')");
            firefox.evaluate("""
                    (() => {
                      const box = document.getElementById('message');
                      box.value = 'Hello';
                      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
                      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
                    })()""");
            script.send("The *first* half ");
            firefox.await("document.querySelector('.reply.running em')");
            firefox.open(firefox.evaluate("location.href").asText());
            firefox.await("document.querySelector('.reply.running')?.textContent.includes('half')");
            script.send("and the second.").finish();
            firefox.await("document.querySelector('.reply:not(.running)')");
            assertEquals("The first half and the second.", firefox.evaluate("document.querySelector('.reply .prose').textContent.trim()").asText());
            assertEquals(1, server.upstream().questions().size());
            assertEquals(List.of(), firefox.said);
        }
    }
}
