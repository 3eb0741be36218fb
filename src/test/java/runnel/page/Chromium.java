package runnel.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One Chromium for all tests of the page that this JVM runs, since it takes seconds to start: JUnit's own stores last for one class
/// only where Surefire runs one after the other. Each test has a context of its own in it, which shares nothing with others.
final class Chromium {
    private static Chromium shared;

    private static final Path PROGRAM = Path.of(Optional.ofNullable(System.getenv("RUNNEL_CHROMIUM")).orElse("/usr/bin/chromium"));
    private static final List<String> QUIET = List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--disable-quic");

    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright = Playwright.create();
    private final Browser browser = playwright.chromium().launch(options());
    private Browser keeping;

    private Chromium() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    }

    static synchronized Chromium shared() {
        if (shared == null) {
            shared = new Chromium();
            Runtime.getRuntime().addShutdownHook(new Thread(shared.playwright::close));
        }
        return shared;
    }

    private static LaunchOptions options() {
        return new LaunchOptions().setExecutablePath(PROGRAM).setArgs(QUIET);
    }

    Browser browser() {
        return browser;
    }

    /// Another one, which keeps pages that are left as they were, and so shows them again. Playwright forbids that otherwise.
    Browser keepingPages() {
        if (keeping == null) {
            keeping = playwright.chromium().launch(options().setIgnoreDefaultArgs(List.of("--disable-back-forward-cache")));
        }
        return keeping;
    }
}
