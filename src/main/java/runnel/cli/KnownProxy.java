package runnel.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The proxies that can be told apart, and the lines that each needs.
///
/// @see Need
enum KnownProxy {
    NGINX("nginx", "location PATH/ {\n  proxy_pass http://ADDRESS;\n  LINES\n}",
            List.of("proxy_http_version 1.1;", "proxy_buffering off;", "gzip off;"),
            List.of("proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection \"upgrade\";"),
            List.of("proxy_read_timeout 1h;", "proxy_send_timeout 1h;"),
            List.of("proxy_set_header Host $http_host;", "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
                    "proxy_set_header X-Forwarded-Proto $scheme;"),
            List.of("client_max_body_size 0;"),
            List.of("# proxy_pass has no path of its own, so that what is asked for is passed on as it is")),
    CADDY("Caddy", "reverse_proxy ADDRESS {\n  LINES\n}", List.of("flush_interval -1"), List.of(), List.of(), List.of(), List.of(),
            List.of()),
    APACHE("Apache", "LINES", List.of("SetEnv no-gzip 1", "ProxyPass PATH/ http://ADDRESSPATH/ flushpackets=on upgrade=websocket"),
            List.of("ProxyPass PATH/ http://ADDRESSPATH/ upgrade=websocket"), List.of("ProxyTimeout 3600"),
            List.of("ProxyPreserveHost On"), List.of("LimitRequestBody 0"), List.of("ProxyPass PATH/ http://ADDRESSPATH/")),
    HAPROXY("HAProxy", "LINES", List.of("option http-no-delay", "no option http-buffer-request"), List.of("timeout tunnel 1h"),
            List.of("timeout client 1h", "timeout server 1h"), List.of(), List.of(),
            List.of("use_backend runnel if { path PATH } or { path_beg PATH/ }")),
    LIGHTTPD("lighttpd", "LINES", List.of("server.stream-response-body = 2"), List.of("proxy.header = ( \"upgrade\" => \"enable\" )"),
            List.of("server.max-write-idle = 3600"), List.of(), List.of("server.max-request-size = 0"), List.of()),
    VARNISH("Varnish", "LINES", List.of("sub vcl_recv { return (pipe); }"),
            List.of("sub vcl_recv { if (req.http.upgrade) { return (pipe); } }",
                    "sub vcl_pipe { if (req.http.upgrade) { set bereq.http.upgrade = req.http.upgrade; set bereq.http.connection "
                            + "= \"upgrade\"; } }"),
            List.of("backend default { .first_byte_timeout = 1h; .between_bytes_timeout = 1h; }"), List.of(), List.of(), List.of());

    /// What a proxy must do, in the order of the lists above.
    enum Need {
        UNBUFFERED("pass each event on when it comes, uncompressed"), SOCKETS("pass WebSockets on"), PATIENT("wait an hour for an answer"),
        NAME("leave the header Host as it is"), SIZE("let large requests through, such as uploads and imports"),
        PATH("pass on what lies below PATH as it is, or with exactly PATH taken off");

        private final String rule;

        Need(String rule) {
            this.rule = rule;
        }
    }

    private final String title;
    private final String block;
    private final List<List<String>> lines;

    /// @param block what stands around the lines in the proxy's configuration
    /// @param lines what each [Need] takes, in their order; nothing where the proxy does it by itself
    @SafeVarargs
    KnownProxy(String title, String block, List<String>... lines) {
        this.title = title;
        this.block = block;
        this.lines = List.of(lines);
    }

    String title() {
        return title;
    }

    /// Which one has passed an answer of Runnel's on. Of those that do not give their name, HAProxy writes the names of all headers small.
    ///
    /// @param headers with their names as they came
    static Optional<KnownProxy> of(Map<String, List<String>> headers) {
        String said = headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("server") || header.getKey().equalsIgnoreCase("via"))
                .map(header -> String.join(" ", header.getValue())).collect(Collectors.joining(" ")).toLowerCase(Locale.ROOT);
        if (said.contains("openresty")) {
            return Optional.of(NGINX);
        }
        boolean small = said.isEmpty() && headers.containsKey("content-security-policy");
        return small ? Optional.of(HAPROXY) : Stream.of(values())
                .filter(proxy -> said.contains(proxy.title.toLowerCase(Locale.ROOT))).findFirst();
    }

    /// What to do where `proxy` does not do what is needed.
    ///
    /// @param address where it finds Runnel
    /// @param path    below which Runnel lives, as `/chat`, or nothing
    static String[] remedy(Optional<KnownProxy> proxy, Need need, String address, String path) {
        var lines = proxy.map(known -> known.remedy(need)).orElseGet(() -> List.of(
                "What stands in between does not give its name, so its lines are not known. It must " + need.rule + "."));
        return lines.stream().map(line -> line.replace("ADDRESS", address).replace("PATH", path)).toArray(String[]::new);
    }

    private List<String> remedy(Need need) {
        var own = lines.get(need.ordinal());
        if (own.isEmpty()) {
            return List.of(title + " does this by itself: take out what keeps it from it. It must " + need.rule + ".");
        }
        String text = block.replace("LINES", String.join(block.startsWith("LINES") ? "\n" : "\n  ", own));
        return ("In " + title + ":\n" + text.indent(2)).lines().toList();
    }
}
