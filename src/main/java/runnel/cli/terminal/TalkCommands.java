package runnel.cli.terminal;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import okhttp3.HttpUrl;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import runnel.chat.Secret;
import runnel.cli.Command;
import runnel.cli.Arguments;
import runnel.settings.Hosts;
import runnel.settings.Setting;
import runnel.settings.StartupFailure;

/// `ask`, `chat` and `attach`: Runnel from a terminal or a script.
public record TalkCommands(Surroundings surroundings, Supplier<Screen> screens) {
    /// What the program finds where it is started.
    ///
    /// @param value    a variable of the environment or of `.env`
    /// @param running  the address of the server that runs over the DATA_DIR of these flags
    /// @param starting starts one over it in this process
    public record Surroundings(Map<String, String> environment, Function<String, Optional<String>> value,
            Function<Map<String, String>, Optional<URI>> running, Function<Map<String, String>, OwnServer> starting) {}

    private interface TalkWork {
        int with(Terminal terminal, Arguments given) throws Exception;
    }

    public List<Command> all() {
        return List.of(new Command("ask", this::ask), new Command("chat", this::chat), new Command("attach", this::attach));
    }

    private CommandSpec ask() {
        var spec = command("Asks, and writes the reply to standard output as it comes. What comes through a pipe belongs to the prompt.",
                Terminal::ask);
        addQuestion(spec);
        spec.addOption(Command.flag("Write the events as they come, one a line.", "--json"));
        spec.addPositional(PositionalParamSpec.builder().arity("0..*").index("0..*").type(List.class).auxiliaryTypes(String.class)
                .paramLabel("PROMPT").description("What to ask.").build());
        return spec;
    }

    private CommandSpec chat() {
        var spec = command("The same as a conversation. /help explains it.", Terminal::chat);
        addQuestion(spec);
        return spec;
    }

    private CommandSpec attach() {
        var spec = command("Reads on where a reply was left: the last one that was read here, or the one that is named.",
                Terminal::attach);
        spec.addOption(Command.flag("Read it from its beginning.", "--whole"));
        spec.addOption(Command.flag("Write the events as they come, one a line.", "--json"));
        spec.addPositional(PositionalParamSpec.builder().arity("0..1").index("0").type(String.class).paramLabel("REPLY")
                .description("The reply's id.").build());
        return spec;
    }

    private static void addQuestion(CommandSpec spec) {
        spec.addOption(Command.text("MODEL", "The model to ask.", "-m", "--model"));
        spec.addOption(Command.text("CHAT", "The id of the chat to go on with. Else a new one begins.", "-c", "--chat"));
        spec.addOption(Command.text("SYSTEM", "The first message of a new chat.", "-s", "--system"));
        spec.addOption(Command.text("NAME", "The preset that a new chat begins with; what is given beside it wins.", "--preset"));
        spec.addOption(OptionSpec.builder("-f", "--file").type(List.class).auxiliaryTypes(Path.class).arity("1").paramLabel("FILE")
                .description("A text, an image or a PDF that comes with the prompt. May be given more than once.").build());
    }

    private CommandSpec command(String description, TalkWork work) {
        var spec = Command.spec(description, given -> run(given, work), Setting.Group.STORAGE);
        spec.addOption(OptionSpec.builder("--server").type(String.class).paramLabel("URL").description("The server to speak to.",
                "RUNNEL_SERVER, default: the one on this machine, else DATA_DIR itself").build());
        spec.addOption(OptionSpec.builder("--token").type(String.class).paramLabel("TOKEN")
                .description("A personal token, where people have accounts.", "RUNNEL_TOKEN, which other users of this machine do not see")
                .build());
        spec.addOption(Command.flag("Say ids and figures on standard error.", "-v", "--verbose"));
        return spec;
    }

    private int run(Arguments given, TalkWork work) throws Exception {
        var screen = screens.get();
        var named = set(given, "--server", "RUNNEL_SERVER").map(TalkCommands::address);
        var token = set(given, "--token", "RUNNEL_TOKEN").map(Secret::new);
        if (token.filter(secret -> !secret.reveal().matches("[!-~]+")).isPresent()) {
            throw StartupFailure.wrong("A token has no spaces and none but ASCII characters in it.");
        }
        if (token.isPresent() && named.filter(Hosts::isInTheOpen).isPresent()) {
            screen.say("[Others on the way can read the token: " + named.get().getScheme() + " is not secret.]\n");
        }
        try (var servers = new Servers(named, () -> surroundings.running.apply(given.settings()),
                () -> surroundings.starting.apply(given.settings()))) {
            return work.with(new Terminal(servers, new Api(servers, token), screen,
                    new LastReply(LastReply.folder(surroundings.environment))), given);
        } catch (Failure failed) {
            screen.say(failed.getMessage() + "\n");
            return failed.status();
        }
    }

    private Optional<String> set(Arguments given, String flag, String variable) {
        return given.text(flag).or(() -> surroundings.value.apply(variable))
                .filter(text -> !text.isBlank()).map(String::strip);
    }

    private static URI address(String text) {
        try {
            var address = URI.create(text);
            if (text.matches("(?i)https?://.+") && address.getRawQuery() == null && HttpUrl.parse(text) != null) {
                return address;
            }
        } catch (IllegalArgumentException none) {
            // answered below
        }
        throw StartupFailure.wrong("The address of the server must begin with http:// or https://, as in http://127.0.0.1:7070.");
    }
}
