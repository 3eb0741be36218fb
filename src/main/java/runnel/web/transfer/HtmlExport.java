package runnel.web.transfer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import runnel.chat.Chat;
import runnel.chat.FunctionCall;
import runnel.chat.Message;
import runnel.chat.Role;
import runnel.chat.Run;
import runnel.chat.Sha256;
import runnel.chat.Status;

/// A chat as one HTML file that needs nothing beside it: the conversation that its newest message belongs to. It runs no script and
/// asks nobody for anything, whatever the model has written: HTML is shown as it is written, images are links, and a policy in the
/// file forbids the rest.
public final class HtmlExport {
    private static final int MAX_DRAWN = 1 << 20;
    private static final int MAX_DEPTH = 50;
    private static final String STYLE = resource("export.css");
    private static final String HEAD = resource("export-head.html");
    private static final Parser PARSER = Parser.builder().extensions(List.of(TablesExtension.create())).maxOpenBlockParsers(MAX_DEPTH)
            .customInlineContentParserFactory(new Formula.Factory()).build();
    private static final HtmlRenderer RENDERER = HtmlRenderer.builder().extensions(List.of(TablesExtension.create())).escapeHtml(true)
            .sanitizeUrls(true).percentEncodeUrls(true).nodeRendererFactory(Quiet::new)
            .attributeProviderFactory(_ -> HtmlExport::attributes).build();

    /// What reads in the direction of its first letter.
    private static final Set<String> DIRECTED = Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th");

    private HtmlExport() {}

    private static String resource(String name) {
        try (var file = HtmlExport.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static void write(Writer out, Chat chat, Iterator<Message> messages) throws IOException {
        var hash = Base64.getEncoder().encodeToString(Sha256.of(STYLE.getBytes(StandardCharsets.UTF_8)));
        out.append(HEAD.formatted(hash, escaped(chat.title()), STYLE, escaped(chat.title())));
        while (messages.hasNext()) {
            write(out, messages.next());
        }
        out.append("</body>\n</html>\n");
    }

    private static void write(Writer out, Message message) throws IOException {
        boolean prompt = message.role() == Role.USER;
        out.append("<article class=\"").append(prompt ? "prompt" : "reply").append("\">\n<header>").append(prompt ? "You" : "Assistant")
                .append(escaped(message.model().map(model -> " (" + model + ")").orElse(""))).append("</header>\n");
        for (var file : message.attachments()) {
            out.append("<p dir=\"auto\"><em>Attached: ").append(escaped(file.name())).append("</em></p>\n");
        }
        for (var run : message.text().inOrder()) {
            write(out, run, prompt);
        }
        if (message.status() != Status.COMPLETE) {
            out.append("<p><em>This reply is ").append(message.status().wire()).append(".</em></p>\n");
        }
        out.append("</article>\n");
    }

    private static void write(Writer out, Run run, boolean prompt) throws IOException {
        switch (run.kind()) {
            case TEXT, REFUSAL -> out.append(prompt ? "<p dir=\"auto\">" + escaped(run.text().toString()) + "</p>\n" : drawn(run));
            case REASONING -> out.append("<details>\n<summary>Reasoning</summary>\n").append(drawn(run)).append("</details>\n");
            case FUNCTION_CALL -> out.append("<p><em>The model called ").append(escaped(FunctionCall.of(run.text()).name()))
                    .append(".</em></p>\n");
        }
    }

    /// What is too long, or nested deeper than the stack, is shown as it was written.
    private static String drawn(Run run) {
        var text = run.text().toString();
        try {
            if (run.text().length() <= MAX_DRAWN) {
                return RENDERER.render(PARSER.parse(text));
            }
        } catch (StackOverflowError deep) {
            // then as it was written
        }
        return "<pre class=\"text\">" + escaped(text) + "</pre>\n";
    }

    public static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
    }

    private static void attributes(Node node, String tag, Map<String, String> attributes) {
        if (node instanceof Link) {
            attributes.put("rel", "noopener noreferrer");
        } else if (DIRECTED.contains(tag)) {
            attributes.put("dir", "auto");
        }
    }

    /// Draws what else would be fetched or would not be understood: an image as a link to it, a formula as it is written.
    private record Quiet(HtmlNodeRendererContext context) implements NodeRenderer {
        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(Image.class, Formula.class);
        }

        @Override
        public void render(Node node) {
            var html = context.getWriter();
            switch (node) {
                case Formula formula -> {
                    html.tag("span", Map.of("class", "math"));
                    html.text(formula.source());
                    html.tag("/span");
                }
                case Image image -> {
                    var address = context.urlSanitizer().sanitizeLinkUrl(image.getDestination());
                    html.tag("a", Map.of("href", context.encodeUrl(address), "rel", "noopener noreferrer"));
                    html.text("Image: ");
                    for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
                        context.render(child);
                    }
                    html.tag("/a");
                }
                default -> throw new IllegalArgumentException(node.toString());
            }
        }
    }
}
