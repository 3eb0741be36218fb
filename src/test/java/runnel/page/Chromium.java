package runnel.page;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// One Chromium for all tests of the page, since it takes seconds to start. Each test has a context of its own in it, which
/// shares nothing with others.
final class Chromium implements AutoCloseable {
    private static final Path PROGRAM = Path.of(Optional.ofNullable(System.getenv("RUNNEL_CHROMIUM")).orElse("/usr/bin/chromium"));
    private static final List<String> QUIET = List.of("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--no-first-run", "--disable-quic");

    private static final double PATIENCE_MILLIS = 20_000;

    private final Playwright playwright = Playwright.create();
    private final Browser browser = playwright.chromium().launch(options());
    private Browser keeping;

    Chromium() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
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

    /// Runs once all tests are over.
    @Override
    public void close() {
        playwright.close();
    }

    /// Hands it to tests that ask for it.
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == Chromium.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot().getStore(Namespace.GLOBAL).computeIfAbsent(Chromium.class);
        }
    }
}
