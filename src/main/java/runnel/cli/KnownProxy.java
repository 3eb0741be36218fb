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
    NGINX("nginx", "location / {\n  proxy_pass http://ADDRESS;\n  LINES\n}",
            List.of("proxy_http_version 1.1;", "proxy_buffering off;", "gzip off;"),
            List.of("proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection \"upgrade\";"),
            List.of("proxy_read_timeout 1h;", "proxy_send_timeout 1h;"),
            List.of("proxy_set_header Host $http_host;", "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
                    "proxy_set_header X-Forwarded-Proto $scheme;")),
    CADDY("Caddy", "reverse_proxy ADDRESS {\n  LINES\n}", List.of("flush_interval -1"), List.of(), List.of(), List.of()),
    APACHE("Apache", "LINES", List.of("SetEnv no-gzip 1", "ProxyPass / http://ADDRESS/ flushpackets=on upgrade=websocket"),
            List.of("ProxyPass / http://ADDRESS/ upgrade=websocket"), List.of("ProxyTimeout 3600"), List.of("ProxyPreserveHost On")),
    HAPROXY("HAProxy", "LINES", List.of("option http-no-delay", "no option http-buffer-request"), List.of("timeout tunnel 1h"),
            List.of("timeout client 1h", "timeout server 1h"), List.of()),
    LIGHTTPD("lighttpd", "LINES", List.of("server.stream-response-body = 2"), List.of("proxy.header = ( \"upgrade\" => \"enable\" )"),
            List.of("server.max-write-idle = 3600"), List.of()),
    VARNISH("Varnish", "LINES", List.of("sub vcl_recv { return (pipe); }"),
            List.of("sub vcl_recv { if (req.http.upgrade) { return (pipe); } }",
                    "sub vcl_pipe { if (req.http.upgrade) { set bereq.http.upgrade = req.http.upgrade; set bereq.http.connection "
                            + "= \"upgrade\"; } }"),
            List.of("backend default { .first_byte_timeout = 1h; .between_bytes_timeout = 1h; }"), List.of());

    /// What a proxy must do, in the order of the lists above.
    enum Need {
        UNBUFFERED("pass each event on when it comes, uncompressed"), SOCKETS("pass WebSockets on"), PATIENT("wait an hour for an answer"),
        NAME("leave the header Host as it is");

        private final String rule;

        Need(String rule) {
            this.rule = rule;
        }
    }

    private final String title;
    private final String block;
    private final List<List<String>> lines;

    /// @param block what stands around the lines in the proxy's configuration
    KnownProxy(String title, String block, List<String> unbuffered, List<String> sockets, List<String> patient, List<String> name) {
        this.title = title;
        this.block = block;
        this.lines = List.of(unbuffered, sockets, patient, name);
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
    static String[] remedy(Optional<KnownProxy> proxy, Need need, String address) {
        var lines = proxy.map(known -> known.remedy(need, address)).orElseGet(() -> List.of(
                "What stands in between does not give its name, so its lines are not known. It must " + need.rule + "."));
        return lines.toArray(String[]::new);
    }

    private List<String> remedy(Need need, String address) {
        var own = lines.get(need.ordinal());
        if (own.isEmpty()) {
            return List.of(title + " does this by itself: take out what keeps it from it. It must " + need.rule + ".");
        }
        String text = block.replace("LINES", String.join(block.startsWith("LINES") ? "\n" : "\n  ", own)).replace("ADDRESS", address);
        return ("In " + title + ":\n" + text.indent(2)).lines().toList();
    }
}
