package runnel;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import runnel.chat.Secret;

/// Everything that can be set, already checked.
public record Settings(
        String host,
        int port,
        Path dataDir,
        Optional<Secret> apiKey,
        Optional<URI> baseUrl,
        Optional<String> organization,
        Optional<String> model,
        OptionalLong maxResponseTokens,
        OptionalDouble temperature,
        Duration timeout,
        String systemPrompt,
        Auth auth,
        Duration heartbeat,
        Optional<Secret> databaseUrl,
        Optional<Secret> redisUrl) {

    /// Who may use the server: `NONE` is one local user without a login, `ACCOUNTS` is everyone with an account.
    public enum Auth { NONE, ACCOUNTS }
}
