package runnel.cli.terminal;

import java.net.URI;

/// A server in this process, over DATA_DIR.
///
/// @param stop ends it; replies of others that read it get some time to finish
public record OwnServer(URI address, Runnable stop) {}
