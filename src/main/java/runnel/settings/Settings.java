package runnel.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import runnel.chat.Secret;

/// Everything that can be set, already checked. What each one means is said in [SettingsTable].
public record Settings(
        String host,
        int port,
        Optional<URI> publicUrl,
        List<String> trustedProxies,
        Duration shutdownGrace,
        LogLevel logLevel,
        Optional<Secret> apiKey,
        Optional<URI> baseUrl,
        Optional<String> organization,
        Optional<String> model,
        OptionalLong maxResponseTokens,
        OptionalLong contextTokens,
        OptionalDouble temperature,
        Duration timeout,
        ContinueBy continueBy,
        UpstreamClient upstreamClient,
        String systemPrompt,
        Auth auth,
        People people,
        Duration heartbeat,
        boolean plainSse,
        Limits limits,
        boolean continueInterrupted,
        Path dataDir,
        Optional<Secret> databaseUrl,
        Optional<Secret> redisUrl,
        Optional<Path> publicDir) {

    /// @param streams        open at once
    /// @param streamsPerUser open at once by one user
    /// @param readersPerReply streams of one reply that are open at once
    /// @param running        replies that run at once
    /// @param runningPerUser replies of one user that run at once
    public record Limits(int streams, int streamsPerUser, int readersPerReply, int running, int runningPerUser) {}

    /// @param registration whether people may make accounts themselves
    public record People(Registration registration, boolean requireVerifiedEmail, Optional<Secret> smtpUrl, Optional<String> mailFrom) {}

    /// @throws runnel.settings.StartupFailure naming all that is wrong
    public static Settings of(SettingsSources settingsSources) {
        SettingsReader settingsReader = new SettingsReader(settingsSources);
        Settings settings = read(settingsReader);
        settingsReader.check();
        return settings;
    }

    private static Settings read(SettingsReader settingsReader) {
        String host = settingsReader.get(SettingsTable.HOST);
        refuseWhatIsNotThereYet(settingsReader);
        return new Settings(
                host,
                settingsReader.get(SettingsTable.PORT).intValue(),
                settingsReader.find(SettingsTable.PUBLIC_URL),
                settingsReader.find(SettingsTable.TRUSTED_PROXIES).orElse(List.of()),
                seconds(settingsReader.get(SettingsTable.SHUTDOWN_GRACE)),
                settingsReader.get(SettingsTable.LOG_LEVEL),
                settingsReader.find(SettingsTable.OPENAI_API_KEY),
                settingsReader.find(SettingsTable.OPENAI_BASE_URL),
                settingsReader.find(SettingsTable.OPENAI_ORGANIZATION),
                settingsReader.find(SettingsTable.OPENAI_MODEL),
                number(settingsReader.find(SettingsTable.OPENAI_MAX_RESPONSE_LENGTH)),
                number(settingsReader.find(SettingsTable.OPENAI_CONTEXT_LENGTH)),
                settingsReader.find(SettingsTable.OPENAI_TEMPERATURE).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                seconds(settingsReader.get(SettingsTable.OPENAI_TIMEOUT)),
                settingsReader.get(SettingsTable.CONTINUE_BY),
                settingsReader.get(SettingsTable.UPSTREAM_CLIENT),
                settingsReader.get(SettingsTable.SYSTEM_PROMPT),
                auth(settingsReader, host),
                people(settingsReader, host),
                seconds(settingsReader.get(SettingsTable.HEARTBEAT)),
                settingsReader.get(SettingsTable.SSE_WRITER) == SseWriter.JAVALIN,
                limits(settingsReader),
                settingsReader.get(SettingsTable.CONTINUE_INTERRUPTED),
                settingsReader.get(SettingsTable.DATA_DIR),
                Optional.empty(),
                Optional.empty(),
                settingsReader.find(SettingsTable.PUBLIC_DIR));
    }

    private static Limits limits(SettingsReader settingsReader) {
        int running = settingsReader.get(SettingsTable.MAX_RUNNING).intValue();
        return new Limits(settingsReader.get(SettingsTable.MAX_STREAMS).intValue(), settingsReader.get(SettingsTable.MAX_STREAMS_PER_USER).intValue(),
                settingsReader.get(SettingsTable.MAX_READERS_PER_REPLY).intValue(), running,
                settingsReader.find(SettingsTable.MAX_RUNNING_PER_USER).map(Long::intValue).orElse((running + 1) / 2));
    }

    private static People people(SettingsReader settingsReader, String host) {
        var smtp = settingsReader.find(SettingsTable.SMTP_URL);
        boolean verified = settingsReader.get(SettingsTable.REQUIRE_VERIFIED_EMAIL);
        if (verified && smtp.isEmpty()) {
            settingsReader.refuse("REQUIRE_VERIFIED_EMAIL=true needs mail. Set SMTP_URL, or leave it false.");
        }
        if (smtp.isPresent() && settingsReader.find(SettingsTable.PUBLIC_URL).isEmpty() && !AddressRules.isLoopback(host)) {
            settingsReader.refuse("SMTP_URL needs PUBLIC_URL, the address that the links in mails begin with.");
        }
        return new People(settingsReader.get(SettingsTable.REGISTRATION), verified, smtp, settingsReader.find(SettingsTable.MAIL_FROM));
    }

    /// Whether others than this machine's own users reach the server, directly or by the address that people type.
    public boolean isReached() {
        return isReached(host, publicUrl);
    }

    private static boolean isReached(String host, Optional<URI> publicUrl) {
        return !AddressRules.isLoopback(host) || publicUrl.filter(url -> !AddressRules.isLoopback(url)).isPresent();
    }

    private static Auth auth(SettingsReader settingsReader, String host) {
        Auth auth = settingsReader.find(SettingsTable.AUTH).orElse(isReached(host, settingsReader.find(SettingsTable.PUBLIC_URL)) ? Auth.ACCOUNTS : Auth.NONE);
        if (auth == Auth.NONE && !AddressRules.isLoopback(host)) {
            settingsReader.refuse("AUTH=none is not allowed with HOST=" + host + ": everyone who reaches that address could read all chats "
                    + "and use the key. Set AUTH=accounts, or HOST=127.0.0.1.");
        }
        return auth;
    }

    private static void refuseWhatIsNotThereYet(SettingsReader settingsReader) {
        settingsReader.find(SettingsTable.DATABASE_URL).ifPresent(url -> settingsReader.refuse(
                "DATABASE_URL is set, but this version of Runnel does not support PostgreSQL yet. Unset it to use SQLite in DATA_DIR."));
        settingsReader.find(SettingsTable.REDIS_URL).ifPresent(url -> settingsReader.refuse(
                "REDIS_URL is set, but this version of Runnel does not support several nodes yet. Unset it to run one."));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
