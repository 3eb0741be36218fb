package runnel.cli;

import java.util.List;
import runnel.settings.Settings;
import runnel.upstream.openai.Discovery;
import runnel.upstream.openai.Endpoint;

/// What [Doctor] looks at.
///
/// @param models    the model servers; none where the built-in demo answers
/// @param discovery looks for some on this machine
public record DoctorInput(String version, Settings settings, List<Endpoint> models, Discovery discovery) {
    /// Host and port at which a proxy on this machine finds the server.
    String address() {
        return settings.listening().local(settings.listening().port()).getAuthority();
    }
}
