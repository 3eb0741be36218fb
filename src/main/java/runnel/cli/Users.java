package runnel.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import runnel.chat.Refused;
import runnel.settings.Setting;
import runnel.settings.StartupFailure;
import runnel.store.Database;

/// `user`: what the operator does to accounts. It works on the database, also while the server runs, which follows within
/// seconds.
///
/// @param opening opens the database that the settings name
public record Users(Function<Map<String, String>, UserAdmin> opening) implements Command {
    /// Where the accounts are, and the address that links begin with.
    public record UserAdmin(Database database, String site) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
        }
    }

    @Override
    public String name() {
        return "user";
    }

    @Override
    public CommandSpec spec() {
        var spec = CommandSpec.create();
        spec.parser().abbreviatedOptionsAllowed(false);
        spec.usageMessage().description("Lists, adds and changes accounts, also while the server runs.").synopsisSubcommandLabel("COMMAND");
        spec.addSubcommand("list", command("Lists all accounts.", false, UserCommand::list));
        spec.addSubcommand("add", adding());
        spec.addSubcommand("disable", command("Shuts an account out at once.", true, UserCommand::disable));
        spec.addSubcommand("enable", command("Lets a disabled account in again.", true, UserCommand::enable));
        spec.addSubcommand("reset-password", command("Prints a link to choose a new password, which works once, for a day.",
                true, UserCommand::resetPassword));
        spec.addSubcommand("promote", command("Makes an account an administrator's.", true, UserCommand::promote));
        return spec;
    }

    private CommandSpec adding() {
        var spec = command("Adds an account, and prints a link to choose its password. The first is the administrator's.", true,
                UserCommand::add);
        spec.addOption(OptionSpec.builder("--name").type(String.class).paramLabel("NAME").description("The person's name.").build());
        return spec;
    }

    private CommandSpec command(String description, boolean oneAccount, Function<UserCommand, Integer> work) {
        var flags = new SettingFlags();
        CommandSpec[] spec = new CommandSpec[1];
        spec[0] = CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> run(spec[0], flags.given(), work));
        if (oneAccount) {
            spec[0].addPositional(PositionalParamSpec.builder().index("0").type(String.class).paramLabel("EMAIL").required(true)
                    .description("The account's e-mail address.").build());
        }
        flags.addTo(spec[0], Setting.Group.STORAGE);
        spec[0].usageMessage().description(description);
        return spec[0];
    }

    private int run(CommandSpec spec, Map<String, String> flags, Function<UserCommand, Integer> work) {
        try (var userAdmin = opening.apply(flags)) {
            var name = Optional.ofNullable(spec.findOption("--name")).map(option -> option.<String>getValue());
            var email = spec.positionalParameters().stream().findFirst().map(parameter -> parameter.<String>getValue());
            PrintWriter out = spec.commandLine().getOut();
            return work.apply(new UserCommand(userAdmin.database(), userAdmin.site(), email, name, out));
        } catch (Refused startupFailure) {
            throw StartupFailure.because(startupFailure.getMessage());
        }
    }
}
