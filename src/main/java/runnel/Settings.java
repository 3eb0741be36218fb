package runnel;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import runnel.chat.Secret;
import runnel.cli.Auth;
import runnel.cli.Known;
import runnel.cli.LogLevel;
import runnel.cli.Places;
import runnel.cli.Registration;
import runnel.cli.Sources;
import runnel.cli.SseWriter;
import runnel.cli.Values;
import runnel.upstream.ContinueBy;
import runnel.upstream.UpstreamClient;

/// Everything that can be set, already checked. What each one means is said in [Known].
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
    public record Limits(int streams, int streamsPerUser, int readersPerReply, int running) {}

    /// @param registration whether people may make accounts themselves
    public record People(Registration registration, boolean requireVerifiedEmail, Optional<Secret> smtpUrl, Optional<String> mailFrom) {}

    /// @throws runnel.cli.Refused naming all that is wrong
    public static Settings of(Sources sources) {
        Values values = new Values(sources);
        Settings settings = read(values);
        values.check();
        return settings;
    }

    private static Settings read(Values values) {
        String host = values.get(Known.HOST);
        refuseWhatIsNotThereYet(values);
        return new Settings(
                host,
                values.get(Known.PORT).intValue(),
                values.find(Known.PUBLIC_URL),
                values.find(Known.TRUSTED_PROXIES).orElse(List.of()),
                seconds(values.get(Known.SHUTDOWN_GRACE)),
                values.get(Known.LOG_LEVEL),
                values.find(Known.OPENAI_API_KEY),
                values.find(Known.OPENAI_BASE_URL),
                values.find(Known.OPENAI_ORGANIZATION),
                values.find(Known.OPENAI_MODEL),
                number(values.find(Known.OPENAI_MAX_RESPONSE_LENGTH)),
                number(values.find(Known.OPENAI_CONTEXT_LENGTH)),
                values.find(Known.OPENAI_TEMPERATURE).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                seconds(values.get(Known.OPENAI_TIMEOUT)),
                values.get(Known.CONTINUE_BY),
                values.get(Known.UPSTREAM_CLIENT),
                values.get(Known.SYSTEM_PROMPT),
                auth(values, host),
                people(values, host),
                seconds(values.get(Known.HEARTBEAT)),
                values.get(Known.SSE_WRITER) == SseWriter.JAVALIN,
                limits(values),
                values.get(Known.CONTINUE_INTERRUPTED),
                values.get(Known.DATA_DIR),
                Optional.empty(),
                Optional.empty(),
                values.find(Known.PUBLIC_DIR));
    }

    private static Limits limits(Values values) {
        return new Limits(values.get(Known.MAX_STREAMS).intValue(), values.get(Known.MAX_STREAMS_PER_USER).intValue(),
                values.get(Known.MAX_READERS_PER_REPLY).intValue(), values.get(Known.MAX_RUNNING).intValue());
    }

    private static People people(Values values, String host) {
        var smtp = values.find(Known.SMTP_URL);
        boolean verified = values.get(Known.REQUIRE_VERIFIED_EMAIL);
        if (verified && smtp.isEmpty()) {
            values.refuse("REQUIRE_VERIFIED_EMAIL=true needs mail. Set SMTP_URL, or leave it false.");
        }
        if (smtp.isPresent() && values.find(Known.PUBLIC_URL).isEmpty() && !Places.isLoopback(host)) {
            values.refuse("SMTP_URL needs PUBLIC_URL, the address that the links in mails begin with.");
        }
        return new People(values.get(Known.REGISTRATION), verified, smtp, values.find(Known.MAIL_FROM));
    }

    /// Whether others than this machine's own users reach the server, directly or by the address that people type.
    public boolean isReached() {
        return isReached(host, publicUrl);
    }

    private static boolean isReached(String host, Optional<URI> publicUrl) {
        return !Places.isLoopback(host) || publicUrl.filter(url -> !Places.isLoopback(url)).isPresent();
    }

    private static Auth auth(Values values, String host) {
        Auth auth = values.find(Known.AUTH).orElse(isReached(host, values.find(Known.PUBLIC_URL)) ? Auth.ACCOUNTS : Auth.NONE);
        if (auth == Auth.NONE && !Places.isLoopback(host)) {
            values.refuse("AUTH=none is not allowed with HOST=" + host + ": everyone who reaches that address could read all chats "
                    + "and use the key. Set AUTH=accounts, or HOST=127.0.0.1.");
        }
        return auth;
    }

    private static void refuseWhatIsNotThereYet(Values values) {
        values.find(Known.DATABASE_URL).ifPresent(url -> values.refuse(
                "DATABASE_URL is set, but this version of Runnel does not support PostgreSQL yet. Unset it to use SQLite in DATA_DIR."));
        values.find(Known.REDIS_URL).ifPresent(url -> values.refuse(
                "REDIS_URL is set, but this version of Runnel does not support several nodes yet. Unset it to run one."));
    }

    private static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static OptionalLong number(Optional<Long> value) {
        return value.map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
