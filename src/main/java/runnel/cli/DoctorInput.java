package runnel.cli;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import runnel.settings.Auth;
import runnel.upstream.openai.Endpoint;

/// What [Doctor] looks at: the settings as the server would take them.
///
/// @param address     where the server listens, as a URL for this machine
/// @param maxStreams that are open at once
/// @param model       absent where the built-in demo answers
public record DoctorInput(String version, String host, URI address, Optional<URI> publicUrl, List<String> trustedProxies, Auth auth,
        Duration heartbeat, int maxStreams, Path dataDir, Optional<Endpoint> model) {}
