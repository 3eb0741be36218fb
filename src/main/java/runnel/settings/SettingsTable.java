package runnel.settings;

import static runnel.settings.Rule.decimal;
import static runnel.settings.Rule.listOf;
import static runnel.settings.Rule.oneOf;
import static runnel.settings.Rule.secret;
import static runnel.settings.Rule.text;
import static runnel.settings.Rule.whole;
import static runnel.settings.Rule.word;
import static runnel.settings.Rule.yesOrNo;
import static runnel.settings.Setting.Group.DEVELOPMENT;
import static runnel.settings.Setting.Group.MODEL;
import static runnel.settings.Setting.Group.PEOPLE;
import static runnel.settings.Setting.Group.SERVER;
import static runnel.settings.Setting.Group.STORAGE;
import static runnel.settings.Setting.Group.STREAMS;
import static runnel.settings.Setting.of;
import static runnel.settings.Setting.optional;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import runnel.account.Email;
import runnel.chat.Secret;

/// The table of all settings, in the order in which people read them.
public final class SettingsTable {
    static final URI OPENAI = URI.create("https://api.openai.com/v1");

    public static final Setting<String> HOST = of(SERVER, "HOST", AddressRules.host(), "127.0.0.1",
            "The address to listen on. 0.0.0.0 is every IPv4 address of the machine, :: every IPv4 and IPv6 address.");
    public static final Setting<Long> PORT = of(SERVER, "PORT", whole(0, 65535), "7070",
            "The port to listen on. 0 picks a free one and prints it.");
    public static final Setting<URI> PUBLIC_URL = optional(SERVER, "PUBLIC_URL",
            AddressRules.site(), "none",
            "The address that people type, where a proxy stands in front. Requests for its host are answered. A path in it, as in "
                    + "https://example.org/chat, is what everything then lives below.");
    public static final Setting<List<IpNetwork>> TRUSTED_PROXIES = optional(SERVER, "TRUSTED_PROXIES",
            listOf("IP addresses or networks such as 10.0.0.0/8, separated by commas", AddressRules.network()), "none",
            "The proxies whose X-Forwarded-* headers count, separated by commas.");
    public static final Setting<List<String>> ALLOWED_ORIGINS = optional(SERVER, "ALLOWED_ORIGINS",
            listOf("origins such as https://app.example.org, separated by commas, each written out (a * would let every page in)",
                    AddressRules.origin()), "none",
            "Other origins whose pages may use the API by CORS, separated by commas: with a personal token, never with cookies.");
    public static final Setting<Long> SHUTDOWN_GRACE = of(SERVER, "SHUTDOWN_GRACE", whole(0, 3600), "20",
            "The seconds that running replies get to finish when the server is told to stop.");
    public static final Setting<LogLevel> LOG_LEVEL = of(SERVER, "LOG_LEVEL", oneOf(LogLevel.class), "info",
            "How much the log says.");

    public static final Setting<Secret> OPENAI_API_KEY = optional(MODEL, "OPENAI_API_KEY", secret(word()),
            "none", "The key of the model's server. Without a key and without a base URL the built-in demo model answers.")
            .or("OPENAI_KEY");
    public static final Setting<URI> OPENAI_BASE_URL = optional(MODEL, "OPENAI_BASE_URL",
            AddressRules.web("an http or https URL with a host and without a user, a fragment or a query other than api-version",
                    AddressRules::isBase),
            OPENAI.toString(),
            "Any server that speaks OpenAI's API: Ollama, llama.cpp, vLLM, a gateway.");
    public static final Setting<String> OPENAI_ORGANIZATION = optional(MODEL, "OPENAI_ORGANIZATION", word(), "none",
            "Sent as the header OpenAI-Organization.");
    public static final Setting<String> OPENAI_MODEL = optional(MODEL, "OPENAI_MODEL", text(200), "the first usable one",
            "The model of a new chat.");
    public static final Setting<String> TASK_MODEL = optional(MODEL, "TASK_MODEL", text(200), "none",
            "The model that is asked for a title when a chat has its first reply. Without it the first line of the prompt is the title.");
    public static final Setting<Long> OPENAI_MAX_RESPONSE_LENGTH = optional(MODEL, "OPENAI_MAX_RESPONSE_LENGTH",
            whole(1, 100_000_000), "none", "The most tokens of one reply.");
    public static final Setting<Long> OPENAI_CONTEXT_LENGTH = optional(MODEL, "OPENAI_CONTEXT_LENGTH",
            whole(1, 1_000_000_000), "what its server says",
            "The tokens that the model reads and writes in all. Its server's own figure is taken where this is not set.");
    public static final Setting<Double> OPENAI_TEMPERATURE = optional(MODEL, "OPENAI_TEMPERATURE", decimal(0, 2),
            "the model's own", "The sampling temperature.");
    public static final Setting<Long> OPENAI_TIMEOUT = of(MODEL, "OPENAI_TIMEOUT", whole(1, 86_400), "600",
            "The seconds that one whole reply may take. A model that still writes then is not cut: its reply ends at the first "
                    + "pause of 5 seconds.");
    public static final Setting<Long> OPENAI_SILENCE_TIMEOUT = of(MODEL, "OPENAI_SILENCE_TIMEOUT", whole(1, 86_400), "300",
            "The seconds for which nothing at all may come from the model's server, before its answer or in the middle of it.");
    public static final Setting<List<X509Certificate>> OPENAI_CA_FILE = optional(MODEL, "OPENAI_CA_FILE",
            AddressRules.certificates(), "the JVM's authorities alone",
            "A PEM file of further authorities that the certificate of the model's server may come from.");
    public static final Setting<HttpProxy> HTTPS_PROXY = optional(MODEL, "HTTPS_PROXY", proxy(), "none",
            "The proxy on the way to an https model server, as http://user:password@host:port. This machine is reached without one.")
            .or("https_proxy");
    public static final Setting<HttpProxy> HTTP_PROXY = optional(MODEL, "HTTP_PROXY", proxy(), "none",
            "The same for an http model server.").or("http_proxy");
    public static final Setting<NoProxy> NO_PROXY = optional(MODEL, "NO_PROXY",
            Rule.of("a list separated by commas", value -> Optional.of(NoProxy.of(value))), "none",
            "What is reached without a proxy, separated by commas: hosts and all below them, IP addresses and networks, or * for all.")
            .or("no_proxy");
    public static final Setting<Path> PROVIDERS = optional(MODEL, "PROVIDERS",
            AddressRules.path("a JSON file with an array of model servers", Files::isRegularFile), "providers.json where it is there",
            "A file with further model servers, each with the name of the variable that holds its key.");
    public static final Setting<Boolean> DISCOVER = optional(MODEL, "DISCOVER", yesOrNo(), "on where only this machine reaches the server",
            "Whether Ollama, llama.cpp, LM Studio and vLLM are looked for on this machine at start, where no other model server is set.");
    public static final Setting<ContinueBy> CONTINUE_BY = of(MODEL, "CONTINUE_BY", oneOf(ContinueBy.class), "auto",
            "How a reply that was cut off is continued. prefill: the model gets the text as its own beginning; ask: it is asked "
                    + "in words to go on; auto: prefill where its server is known to take that.");
    public static final Setting<String> SYSTEM_PROMPT = of(MODEL, "SYSTEM_PROMPT", text(100_000),
            "You are a helpful assistant", "The first message of a new chat. none: there is none.");

    public static final Setting<Path> PRESETS_DIR = optional(MODEL, "PRESETS_DIR",
            AddressRules.path("a folder that is there", Files::isDirectory), "none",
            "A folder of .md files, each of which is a preset that everybody sees and nobody changes in the page.");

    public static final Setting<Auth> AUTH = optional(PEOPLE, "AUTH", oneOf(Auth.class),
            "none on a loopback HOST without another PUBLIC_URL, else accounts",
            "none: one local user without a login, on a loopback HOST only; accounts: people register and log in.");

    public static final Setting<Registration> REGISTRATION = of(PEOPLE, "REGISTRATION", oneOf(Registration.class), "open",
            "open: whoever reaches the server may make an account; closed: only the operator makes them, by `runnel user add`.");
    public static final Setting<Boolean> REQUIRE_VERIFIED_EMAIL = of(PEOPLE, "REQUIRE_VERIFIED_EMAIL", yesOrNo(), "false",
            "Whether people must open a link in a mail before they may chat. Needs SMTP_URL.");

    public static final Setting<Secret> SMTP_URL = optional(PEOPLE, "SMTP_URL",
            secret(AddressRules.service("a URL such as smtp://user:password@host:587, or smtps:// for TLS from the start",
                    Set.of("smtp", "smtps"))),
            "none", "The mail server, for forgotten passwords and verified addresses. Without it, the operator hands out links.");
    public static final Setting<String> MAIL_FROM = optional(PEOPLE, "MAIL_FROM",
            Rule.of("an e-mail address", value -> Email.of(value).map(Email::typed)), "the user of SMTP_URL",
            "The address that mails come from.");
    public static final Setting<Boolean> ANY_MODEL = of(PEOPLE, "ANY_MODEL", yesOrNo(), "false",
            "Whether people may ask for models that are not in the server's list, where they have accounts.");
    public static final Setting<Boolean> SHARING = of(PEOPLE, "SHARING", yesOrNo(), "on",
            "Whether people may make links by which anybody reads one of their chats. off: links that were made show nothing either.");

    public static final Setting<Long> HEARTBEAT = of(STREAMS, "HEARTBEAT", whole(1, 3600), "15",
            "The seconds between heartbeats on an idle stream.");
    public static final Setting<Long> MAX_STREAMS = of(STREAMS, "MAX_STREAMS", whole(1, 1_000_000), "10000",
            "The most streams that are open at once.");
    public static final Setting<Long> MAX_STREAMS_PER_USER = of(STREAMS, "MAX_STREAMS_PER_USER", whole(1, 1_000_000),
            "200", "The most streams that one user has open at once, where people have accounts. Above it, the one that was told"
                    + " something longest ago ends.");
    public static final Setting<Long> MAX_READERS_PER_REPLY = of(STREAMS, "MAX_READERS_PER_REPLY", whole(1, 1_000_000),
            "1000", "The most streams that read one reply at once.");
    public static final Setting<Long> MAX_RUNNING = of(STREAMS, "MAX_RUNNING", whole(1, 1_000_000), "4000",
            "The most replies that run at once.");
    public static final Setting<Long> MAX_RUNNING_PER_USER = optional(STREAMS, "MAX_RUNNING_PER_USER", whole(1, 1_000_000),
            "half of MAX_RUNNING", "The most replies that run at once for one user, where people have accounts.");
    public static final Setting<Boolean> CONTINUE_INTERRUPTED = of(STREAMS, "CONTINUE_INTERRUPTED", yesOrNo(), "false",
            "Whether replies that a crash or restart cut off go on by themselves. This asks the model again.");
    public static final Setting<Long> MAX_UPLOAD_MB = of(STREAMS, "MAX_UPLOAD_MB", whole(1, 1_000), "25",
            "The most megabytes of one file that is put beside a prompt.");
    public static final Setting<Long> MAX_UPLOADS_MB_PER_USER = optional(STREAMS, "MAX_UPLOADS_MB_PER_USER", whole(1, 100_000_000),
            "1000 where people have accounts", "The most megabytes of such files that one user may keep.");

    public static final Setting<Path> DATA_DIR = of(STORAGE, "DATA_DIR",
            AddressRules.path("a folder, or a path where one can be made", AddressRules::isFolderOrNew), "data",
            "The folder of the embedded database and of uploads.");

    public static final Setting<Path> PUBLIC_DIR = optional(DEVELOPMENT, "PUBLIC_DIR",
            AddressRules.path("a folder with an index.html", AddressRules::isPage), "the jar",
            "Serve the page from this folder, so that a change shows on reload.");

    public static final List<Setting<?>> ALL = List.of(
            HOST, PORT, PUBLIC_URL, TRUSTED_PROXIES, ALLOWED_ORIGINS, SHUTDOWN_GRACE, LOG_LEVEL,
            OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_ORGANIZATION, OPENAI_MODEL, TASK_MODEL, OPENAI_MAX_RESPONSE_LENGTH,
            OPENAI_CONTEXT_LENGTH, OPENAI_TEMPERATURE, OPENAI_TIMEOUT, OPENAI_SILENCE_TIMEOUT, OPENAI_CA_FILE, HTTPS_PROXY,
            HTTP_PROXY, NO_PROXY, PROVIDERS, DISCOVER, CONTINUE_BY, SYSTEM_PROMPT, PRESETS_DIR,
            AUTH, REGISTRATION, REQUIRE_VERIFIED_EMAIL, SMTP_URL, MAIL_FROM, ANY_MODEL, SHARING,
            HEARTBEAT, MAX_STREAMS, MAX_STREAMS_PER_USER, MAX_READERS_PER_REPLY, MAX_RUNNING, MAX_RUNNING_PER_USER,
            CONTINUE_INTERRUPTED, MAX_UPLOAD_MB, MAX_UPLOADS_MB_PER_USER,
            DATA_DIR, PUBLIC_DIR);

    private SettingsTable() {}

    private static Rule<HttpProxy> proxy() {
        return new Rule<>("an address such as http://user:password@host:port", _ -> false, HttpProxy::of);
    }
}
