package runnel.cli;

import java.util.Optional;
import runnel.settings.Settings;
import runnel.upstream.openai.Endpoint;

/// What [Doctor] looks at.
///
/// @param model absent where the built-in demo answers
public record DoctorInput(String version, Settings settings, Optional<Endpoint> model) {
    /// Host and port at which a proxy on this machine finds the server.
    String address() {
        return settings.listening().local(settings.listening().port()).getAuthority();
    }
}
