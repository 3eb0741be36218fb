package runnel.cli;

import static runnel.cli.Finding.Area.SETTINGS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import runnel.settings.Auth;
import runnel.settings.Hosts;
import runnel.settings.PresetFolder;
import runnel.settings.Settings;
import runnel.upstream.openai.Endpoint;

/// Do the settings, each of which is allowed, make sense together?
record SettingsCheck(DoctorInput doctorInput, Settings.Listening listening) {
    /// Most proxies give up on a connection that was idle for a minute.
    private static final int MAX_HEARTBEAT_SECONDS = 50;

    static List<Finding> of(DoctorInput doctorInput) {
        var check = new SettingsCheck(doctorInput, doctorInput.settings().listening());
        var findings = new ArrayList<>(Stream.of(check.reach(), check.open(), check.encrypted(), check.proxies(),
                check.heartbeat()).flatMap(Optional::stream).toList());
        doctorInput.models().forEach(model -> check.key(model).ifPresent(findings::add));
        doctorInput.settings().model().presets().ifPresent(folder ->
                new PresetFolder(folder, wrong -> findings.add(Finding.note(SETTINGS, wrong, "It is left out until it is mended.")))
                        .presets());
        if (findings.isEmpty()) {
            findings.add(Finding.good(SETTINGS, "They fit together."));
        }
        return findings;
    }

    private Optional<Finding> reach() {
        boolean others = !Hosts.isLoopback(listening.host());
        return others && listening.publicUrl().isEmpty() ? Optional.of(Finding.note(SETTINGS,
                "HOST=" + listening.host() + " can be reached from other machines, but only by its address in figures: names are refused.",
                "Set PUBLIC_URL to the address that people type.")) : Optional.empty();
    }

    private Optional<Finding> open() {
        return proxied() && doctorInput.settings().people().auth() == Auth.NONE ? Optional.of(Finding.note(SETTINGS,
                "AUTH=none behind PUBLIC_URL: whoever the proxy lets through can read all chats and use the key.",
                "Set AUTH=accounts, unless the proxy itself asks who it is.")) : Optional.empty();
    }

    private boolean proxied() {
        return listening.publicUrl().filter(url -> !Hosts.isLoopback(url)).isPresent();
    }

    private Optional<Finding> encrypted() {
        var plain = listening.publicUrl().filter(Hosts::isInTheOpen);
        return plain.map(url -> Finding.note(SETTINGS, "PUBLIC_URL is not encrypted: everyone on the way can read passwords and chats.",
                "Put a proxy with a certificate in front, with Caddy these lines:",
                "  " + Hosts.of(url) + " {",
                "    reverse_proxy " + doctorInput.address(),
                "  }",
                "and set PUBLIC_URL=https://" + Hosts.of(url)));
    }

    private Optional<Finding> proxies() {
        if (listening.trustedProxies().stream().anyMatch(network -> network.bits() == 0)) {
            return Optional.of(Finding.bad(SETTINGS, "TRUSTED_PROXIES believes everybody: anyone can pretend to come from any address.",
                    "Name the proxy alone, such as TRUSTED_PROXIES=127.0.0.1"));
        }
        return proxied() && doctorInput.settings().people().auth() == Auth.ACCOUNTS && listening.trustedProxies().isEmpty()
                ? Optional.of(Finding.note(SETTINGS,
                "A proxy seems to stand in front (PUBLIC_URL), but none is trusted: all visitors seem to come from its one address,",
                "and share its limits on logging in.", "If it runs on this machine: TRUSTED_PROXIES=127.0.0.1,::1")) : Optional.empty();
    }

    private Optional<Finding> heartbeat() {
        long seconds = listening.heartbeat().toSeconds();
        return seconds > MAX_HEARTBEAT_SECONDS ? Optional.of(Finding.note(SETTINGS,
                "HEARTBEAT=" + seconds + " is rarer than many proxies wait: they cut a stream that was idle for 60 seconds.",
                "Set HEARTBEAT=15")) : Optional.empty();
    }

    private Optional<Finding> key(Endpoint model) {
        return Optional.of(model).filter(_ -> model.key().isPresent() && Hosts.isInTheOpen(model.baseUrl()))
                .map(_ -> Finding.note(SETTINGS, "The key and all chats travel to " + Hosts.of(model.baseUrl()) + " without encryption.",
                        "Use https:// in " + model.called("OPENAI_BASE_URL") + " where that server has it."));
    }
}
