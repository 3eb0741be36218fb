package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import runnel.upstream.openai.Scenarios;

/// The server gets another version of the page while a tab has the one before.
class UpgradeTest extends PageTest {
    private static final Path PACKED = Path.of("target/classes/public");

    private Path folder() {
        return data.resolve("page");
    }

    /// The page as it is in the jar, in a folder, where it can be exchanged.
    @Override
    protected String[] settings() {
        try (var files = Files.walk(PACKED)) {
            for (var file : files.filter(path -> path.toString().endsWith(".gz")).toList()) {
                var path = folder().resolve(PACKED.relativize(file).toString().replaceFirst("\\.gz$", ""));
                Files.createDirectories(path.getParent());
                try (var content = new GZIPInputStream(Files.newInputStream(file))) {
                    Files.copy(content, path);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new String[] {"PUBLIC_DIR", folder().toString()};
    }

    /// All scripts get other names, as after a change in each.
    private void upgrade() throws IOException {
        var document = folder().resolve("index.html");
        Files.writeString(document, Files.readString(document).replaceAll("main-[0-9A-Z]+\\.js", "main-01234567.js"));
        try (var files = Files.walk(folder().resolve("a/index"))) {
            for (var file : files.filter(path -> path.toString().endsWith(".js")).toList()) {
                var name = file.getFileName().toString();
                Files.move(file, file.resolveSibling(name.startsWith("main-") ? "main-01234567.js" : "new-" + name));
            }
        }
    }

    @Test
    void a_tab_that_misses_a_part_of_its_own_version_says_so_and_keeps_what_was_typed_when_it_is_loaded_anew() throws IOException {
        upgrade();
        model.next(Scenarios.deltas("$x^2$"));
        send("A formula");
        assertEnded(page);
        box(page).fill("half a question");
        var notice = page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Reload the page"));
        assertThat(notice).isVisible();
        notice.click();
        assertThat(notice).not().isVisible();
        assertThat(box(page)).hasValue("half a question");
        becomesTrue(page, "document.querySelector('script[type=module]').src.endsWith('main-01234567.js')");
        forgive("/a/index/");
    }
}
