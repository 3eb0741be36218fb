package runnel.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import runnel.chat.Sampling;
import runnel.chat.Secret;

/// Everything that can be set, already checked. What each one means is said in [SettingsTable].
public record Settings(Listening listening, Servers servers, Model model, People people, Limits limits, Operation operation) {

    private static final long DEFAULT_UPLOADS_MB_PER_USER = 1_000;

    public record Listening(String host, int port, Optional<URI> publicUrl, List<IpNetwork> trustedProxies,
            List<String> allowedOrigins, Duration heartbeat) {
        /// Whether others than this machine's own users reach the server, directly or by the address that people type.
        public boolean isReached() {
            return !Hosts.isLoopback(host) || publicUrl.filter(url -> !Hosts.isLoopback(url)).isPresent();
        }

        /// An address that works on this machine, also where the server listens on all of them.
        ///
        /// @param open the port that it listens on, which is another where the setting is 0
        public URI local(int open) {
            String name = switch (host) {
                case "0.0.0.0" -> "127.0.0.1";
                case "::" -> "[::1]";
                default -> host.contains(":") ? "[" + host + "]" : host;
            };
            return URI.create("http://" + name + ":" + open);
        }

        /// The path below which everything lives, as `/chat`, or nothing.
        public String base() {
            return publicUrl.map(URI::getRawPath).orElse("");
        }

        /// The address that people type, without a slash at its end.
        public String site(int open) {
            return publicUrl.orElseGet(() -> local(open)).toString();
        }
    }

    /// The model servers.
    ///
    /// @param main     the one of `OPENAI_*`, where a key or a base URL is set
    /// @param others   those of the file, in its order
    /// @param timeout  of one whole reply
    /// @param silence  for which nothing at all may come
    /// @param discover whether servers on this machine are looked for where there is none
    public record Servers(Optional<Provider> main, List<Provider> others, Duration timeout, Duration silence, Outbound outbound,
            boolean discover) {
        public List<Provider> all() {
            return Stream.concat(main.stream(), others.stream()).toList();
        }

        /// What the default model is called at this server, where it is this server's: the one that its name begins with, else
        /// the environment's or the only one.
        public Optional<String> preferredAt(Provider provider, Optional<String> model) {
            var named = model.flatMap(name -> all().stream().filter(other -> name.startsWith(other.id() + "/")).findFirst());
            return named.isPresent() ? model.filter(_ -> named.get() == provider).map(name -> name.substring(provider.id().length() + 1))
                    : model.filter(_ -> main.filter(it -> it == provider).isPresent() || all().equals(List.of(provider)));
        }
    }

    /// What a new chat begins with.
    ///
    /// @param task the model that is asked for titles
    public record Model(Optional<String> name, Optional<String> task, String systemPrompt, Sampling sampling, ContinueBy continueBy,
            Optional<Path> presets) {}

    /// @param registration whether people may make accounts themselves
    /// @param anyModel     whether they may ask for models that are not in the server's list
    public record People(Auth auth, Registration registration, boolean requireVerifiedEmail, Optional<Secret> smtpUrl,
            Optional<String> mailFrom,
            boolean anyModel) {
        /// Whether the user is the operator, or may ask for any model all the same.
        public boolean mayAskAnyModel() {
            return auth == Auth.NONE || anyModel;
        }
    }

    /// @param streams         open at once
    /// @param streamsPerUser  open at once by one user
    /// @param readersPerReply streams of one reply that are open at once
    /// @param running         replies that run at once
    /// @param runningPerUser  replies of one user that run at once
    public record Limits(int streams, int streamsPerUser, int readersPerReply, int running, int runningPerUser,
            OfUploads uploads) {}

    /// @param bytes        of one file
    /// @param bytesPerUser of all files of one user
    public record OfUploads(int bytes, long bytesPerUser) {
        public static final OfUploads NO_LIMITS = new OfUploads(Integer.MAX_VALUE, Long.MAX_VALUE);
    }

    public record Operation(Path dataDir, Optional<Path> publicDir, Duration shutdownGrace, boolean continueInterrupted,
            LogLevel logLevel, boolean sharing) {}

    /// @throws StartupFailure naming all that is wrong
    public static Settings of(SettingsSources sources) {
        var reader = new SettingsReader(sources);
        var listening = listening(reader);
        var settings = new Settings(listening, servers(reader, listening), model(reader), people(reader, listening),
                limits(reader, listening),
                operation(reader));
        settings.checkTogether(reader);
        settings.checkFolder(reader);
        reader.check();
        return settings;
    }

    private static Listening listening(SettingsReader reader) {
        return new Listening(reader.get(SettingsTable.HOST), reader.number(SettingsTable.PORT), reader.find(SettingsTable.PUBLIC_URL),
                reader.find(SettingsTable.TRUSTED_PROXIES).orElse(List.of()),
                reader.find(SettingsTable.ALLOWED_ORIGINS).orElse(List.of()), reader.seconds(SettingsTable.HEARTBEAT));
    }

    private static Servers servers(SettingsReader reader, Listening listening) {
        var others = reader.find(SettingsTable.PROVIDERS).map(file -> ProvidersFile.read(file, reader)).orElse(List.of());
        return new Servers(main(reader), others, reader.seconds(SettingsTable.OPENAI_TIMEOUT),
                reader.seconds(SettingsTable.OPENAI_SILENCE_TIMEOUT), outbound(reader),
                reader.find(SettingsTable.DISCOVER).orElse(!listening.isReached()));
    }

    private static Optional<Provider> main(SettingsReader reader) {
        var key = reader.find(SettingsTable.OPENAI_API_KEY);
        var url = reader.find(SettingsTable.OPENAI_BASE_URL);
        var organization = reader.find(SettingsTable.OPENAI_ORGANIZATION);
        Map<String, Long> context = reader.find(SettingsTable.OPENAI_CONTEXT_LENGTH).map(tokens -> Map.of(Provider.Offer.EVERY, tokens))
                .orElse(Map.of());
        return key.isEmpty() && url.isEmpty() ? Optional.empty() : Optional.of(Provider.main(url.orElse(SettingsTable.OPENAI), key,
                organization, new Provider.Offer(List.of(), context, Set.of())));
    }

    private static Outbound outbound(SettingsReader reader) {
        return new Outbound(reader.find(SettingsTable.OPENAI_CA_FILE).orElse(List.of()), reader.find(SettingsTable.HTTP_PROXY),
                reader.find(SettingsTable.HTTPS_PROXY), reader.find(SettingsTable.NO_PROXY).orElse(Outbound.DIRECT.noProxy()));
    }

    private static Model model(SettingsReader reader) {
        var sampling = new Sampling(
                reader.find(SettingsTable.OPENAI_TEMPERATURE),
                reader.find(SettingsTable.OPENAI_MAX_RESPONSE_LENGTH));
        return new Model(reader.find(SettingsTable.OPENAI_MODEL), reader.find(SettingsTable.TASK_MODEL),
                reader.get(SettingsTable.SYSTEM_PROMPT), sampling,
                reader.get(SettingsTable.CONTINUE_BY), reader.find(SettingsTable.PRESETS_DIR));
    }

    private static People people(SettingsReader reader, Listening listening) {
        return new People(auth(reader, listening),
                reader.get(SettingsTable.REGISTRATION),
                reader.get(SettingsTable.REQUIRE_VERIFIED_EMAIL), reader.find(SettingsTable.SMTP_URL), reader.find(SettingsTable.MAIL_FROM),
                reader.get(SettingsTable.ANY_MODEL));
    }

    private static Auth auth(SettingsReader reader, Listening listening) {
        return reader.find(SettingsTable.AUTH).orElse(listening.isReached() ? Auth.ACCOUNTS : Auth.NONE);
    }

    private static Limits limits(SettingsReader reader, Listening listening) {
        long keptMb = auth(reader, listening) == Auth.NONE ? Long.MAX_VALUE >> 20 : DEFAULT_UPLOADS_MB_PER_USER;
        var uploads = new OfUploads(reader.number(SettingsTable.MAX_UPLOAD_MB) << 20,
                reader.find(SettingsTable.MAX_UPLOADS_MB_PER_USER).orElse(keptMb) << 20);
        int running = reader.number(SettingsTable.MAX_RUNNING);
        return new Limits(reader.number(SettingsTable.MAX_STREAMS), reader.number(SettingsTable.MAX_STREAMS_PER_USER),
                reader.number(SettingsTable.MAX_READERS_PER_REPLY), running,
                reader.find(SettingsTable.MAX_RUNNING_PER_USER).map(Long::intValue).orElse((running + 1) / 2), uploads);
    }

    private static Operation operation(SettingsReader reader) {
        return new Operation(reader.get(SettingsTable.DATA_DIR), reader.find(SettingsTable.PUBLIC_DIR),
                reader.seconds(SettingsTable.SHUTDOWN_GRACE),
                reader.get(SettingsTable.CONTINUE_INTERRUPTED), reader.get(SettingsTable.LOG_LEVEL), reader.get(SettingsTable.SHARING));
    }

    private void checkTogether(SettingsReader reader) {
        String host = listening.host();
        if (people.auth() == Auth.NONE && !Hosts.isLoopback(host)) {
            reader.refuse("AUTH=none is not allowed with HOST=" + host + ": everyone who reaches that address could read all chats "
                    + "and use the key. Set AUTH=accounts, or HOST=127.0.0.1.");
        }
        if (people.requireVerifiedEmail() && people.smtpUrl().isEmpty()) {
            reader.refuse("REQUIRE_VERIFIED_EMAIL=true needs mail. Set SMTP_URL, or leave it false.");
        }
        if (people.smtpUrl().isPresent() && listening.publicUrl().isEmpty() && !Hosts.isLoopback(host)) {
            reader.refuse("SMTP_URL needs PUBLIC_URL, the address that the links in mails begin with.");
        }
    }

    /// A relative folder would be made beside the working directory.
    private void checkFolder(SettingsReader reader) {
        if (!operation.dataDir().isAbsolute() && SettingsReader.isLost(System.getProperty("user.dir"))) {
            reader.refuse("The name of the working directory" + SettingsReader.BEYOND_LOCALE);
        }
    }
}
