package runnel.cli;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import runnel.chat.Refused;
import runnel.settings.Setting;
import runnel.settings.StartupFailure;
import runnel.store.Database;

/// `user`: what the operator does to accounts. It works on the database, also while the server runs, which follows within
/// seconds.
///
/// @param opening opens the database that the settings name
public record Users(Function<Map<String, String>, UserAdmin> opening) {
    /// Where the accounts are, and the address that links begin with.
    public record UserAdmin(Database database, String site) implements AutoCloseable {
        @Override
        public void close() {
            database.close();
        }
    }

    public Command command() {
        return new Command("user", this::spec);
    }

    private CommandSpec spec() {
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
        spec.addOption(Command.text("NAME", "The person's name.", "--name"));
        return spec;
    }

    private CommandSpec command(String description, boolean oneAccount, Function<UserCommand, Integer> work) {
        var spec = Command.spec(description, given -> run(given, work), Setting.Group.STORAGE);
        if (oneAccount) {
            spec.addPositional(Command.argument(String.class, "EMAIL", "The account's e-mail address."));
        }
        return spec;
    }

    private int run(Arguments given, Function<UserCommand, Integer> work) {
        try (var admin = opening.apply(given.settings())) {
            return work.apply(new UserCommand(admin.database(), admin.site(), given));
        } catch (Refused refused) {
            throw StartupFailure.because(refused.getMessage());
        }
    }
}
