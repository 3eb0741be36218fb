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

    private static final List<String> QUIET = List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--disable-quic");

    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright = Playwright.create();
    private final Browser browser = launch("RUNNEL_CHROMIUM", List.of());
    private Browser whole;

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

    private Browser launch(String program, List<String> without) {
        var path = Path.of(Optional.ofNullable(System.getenv(program)).orElse("/usr/bin/chromium"));
        return playwright.chromium().launch(new LaunchOptions().setExecutablePath(path).setArgs(QUIET).setIgnoreDefaultArgs(without));
    }

    Browser browser() {
        return browser;
    }

    /// All of the browser, for what its shell without windows does not have: installed apps, and pages that are left and shown again as
    /// they were, which Playwright forbids otherwise.
    Browser whole() {
        if (whole == null) {
            whole = launch("RUNNEL_WHOLE_CHROMIUM", List.of("--disable-back-forward-cache"));
        }
        return whole;
    }
}
