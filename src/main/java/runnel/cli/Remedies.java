package runnel.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// The lines to add to the configuration of a proxy, for the proxies that most people have.
enum Remedies {
    UNBUFFERED(List.of("proxy_http_version 1.1;", "proxy_buffering off;", "gzip off;"), List.of("flush_interval -1")),
    SOCKETS(List.of("proxy_http_version 1.1;", "proxy_set_header Upgrade $http_upgrade;", "proxy_set_header Connection \"upgrade\";"), List.of()),
    PATIENT(List.of("proxy_read_timeout 1h;", "proxy_send_timeout 1h;"), List.of()),
    HOST(List.of("proxy_set_header Host $http_host;", "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
            "proxy_set_header X-Forwarded-Proto $scheme;"), List.of());

    private final List<String> nginx;
    private final List<String> caddy;

    Remedies(List<String> nginx, List<String> caddy) {
        this.nginx = nginx;
        this.caddy = caddy;
    }

    /// @param server  what the proxy says of itself in the header `Server`
    /// @param address where it finds Runnel
    String[] lines(String server, String address) {
        String name = server.toLowerCase(Locale.ROOT);
        var lines = new ArrayList<String>();
        if (!name.contains("caddy")) {
            lines.addAll(forNginx(address));
        }
        if (!name.contains("nginx") && !name.contains("openresty")) {
            lines.addAll(forCaddy(address));
        }
        return lines.toArray(String[]::new);
    }

    private List<String> forNginx(String address) {
        var inside = Stream.concat(Stream.of("proxy_pass http://" + address + ";"), nginx.stream()).map(line -> "    " + line);
        return Stream.of(Stream.of("In nginx:", "  location / {"), inside, Stream.of("  }")).flatMap(lines -> lines).toList();
    }

    private List<String> forCaddy(String address) {
        return caddy.isEmpty() ? List.of("In Caddy: `reverse_proxy " + address + "` does this by itself.")
                : Stream.of(Stream.of("In Caddy:", "  reverse_proxy " + address + " {"), caddy.stream().map(line -> "    " + line), Stream.of("  }"))
                        .flatMap(lines -> lines).toList();
    }
}
