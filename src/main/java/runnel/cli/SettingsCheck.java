package runnel.cli;

import static runnel.cli.Finding.Area.SETTINGS;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import runnel.settings.AddressRules;
import runnel.settings.Auth;

/// Do the settings, each of which is allowed, make sense together?
final class SettingsCheck {
    /// Most proxies give up on a connection that was idle for a minute.
    private static final int MAX_HEARTBEAT_SECONDS = 50;

    private SettingsCheck() {}

    static List<Finding> of(DoctorInput doctorInput) {
        var findings = new ArrayList<>(Stream.of(reach(doctorInput), open(doctorInput), encrypted(doctorInput), proxies(doctorInput), heartbeat(doctorInput),
                key(doctorInput)).flatMap(Optional::stream).toList());
        if (findings.isEmpty()) {
            findings.add(Finding.good(SETTINGS, "They fit together."));
        }
        return findings;
    }

    private static Optional<Finding> reach(DoctorInput doctorInput) {
        boolean others = !AddressRules.isLoopback(doctorInput.host());
        return others && doctorInput.publicUrl().isEmpty() ? Optional.of(Finding.note(SETTINGS,
                "HOST=" + doctorInput.host() + " can be reached from other machines, but only by its address in figures: names are refused.",
                "Set PUBLIC_URL to the address that people type.")) : Optional.empty();
    }

    private static Optional<Finding> open(DoctorInput doctorInput) {
        return proxied(doctorInput) && doctorInput.auth() == Auth.NONE ? Optional.of(Finding.note(SETTINGS,
                "AUTH=none behind PUBLIC_URL: whoever the proxy lets through can read all chats and use the key.",
                "Set AUTH=accounts, unless the proxy itself asks who it is.")) : Optional.empty();
    }

    private static boolean proxied(DoctorInput doctorInput) {
        return doctorInput.publicUrl().filter(url -> !AddressRules.isLoopback(url)).isPresent();
    }

    private static Optional<Finding> encrypted(DoctorInput doctorInput) {
        var plain = doctorInput.publicUrl().filter(url -> url.getScheme().equalsIgnoreCase("http") && !AddressRules.isLoopback(url));
        return plain.map(url -> Finding.note(SETTINGS, "PUBLIC_URL is not encrypted: everyone on the way can read passwords and chats.",
                "Put a proxy with a certificate in front, with Caddy these lines:",
                "  " + AddressRules.hostOf(url) + " {",
                "    reverse_proxy " + address(doctorInput),
                "  }",
                "and set PUBLIC_URL=https://" + AddressRules.hostOf(url)));
    }

    private static Optional<Finding> proxies(DoctorInput doctorInput) {
        if (doctorInput.trustedProxies().stream().anyMatch(network -> network.endsWith("/0"))) {
            return Optional.of(Finding.bad(SETTINGS, "TRUSTED_PROXIES believes everybody: anyone can pretend to come from any address.",
                    "Name the proxy alone, such as TRUSTED_PROXIES=127.0.0.1"));
        }
        return proxied(doctorInput) && doctorInput.auth() == Auth.ACCOUNTS && doctorInput.trustedProxies().isEmpty() ? Optional.of(Finding.note(SETTINGS,
                "A proxy seems to stand in front (PUBLIC_URL), but none is trusted: all visitors seem to come from its one address,",
                "and share its limits on logging in.", "If it runs on this machine: TRUSTED_PROXIES=127.0.0.1,::1")) : Optional.empty();
    }

    private static Optional<Finding> heartbeat(DoctorInput doctorInput) {
        long seconds = doctorInput.heartbeat().toSeconds();
        return seconds > MAX_HEARTBEAT_SECONDS ? Optional.of(Finding.note(SETTINGS,
                "HEARTBEAT=" + seconds + " is rarer than many proxies wait: they cut a stream that was idle for 60 seconds.",
                "Set HEARTBEAT=15")) : Optional.empty();
    }

    private static Optional<Finding> key(DoctorInput doctorInput) {
        return doctorInput.model().filter(model -> model.key().isPresent() && isPlainAndFar(model.baseUrl())).map(model -> Finding.note(SETTINGS,
                "The key and all chats travel to " + model.baseUrl().getHost() + " without encryption.",
                "Use https:// in OPENAI_BASE_URL where that server has it."));
    }

    private static boolean isPlainAndFar(URI url) {
        return url.getScheme().equalsIgnoreCase("http") && url.getHost() != null && !AddressRules.isLoopback(url.getHost());
    }

    private static String address(DoctorInput doctorInput) {
        return doctorInput.address().getAuthority();
    }
}
