package runnel.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import runnel.account.Account;
import runnel.account.Email;
import runnel.account.Lifetime;
import runnel.account.User;
import runnel.chat.Refused;
import runnel.settings.Setting;
import runnel.settings.StartupFailure;
import runnel.store.Database;
import runnel.store.account.Accounts;
import runnel.store.account.MailTokens;
import runnel.store.reply.TokenUse;

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

    /// One piece of work on one account.
    private record UserCommand(Database database, String site, Arguments given) {
        int list() {
            for (var account : accounts().list()) {
                var user = account.user();
                given.out().printf("%-8s %-8s %s  %s  %s%s%n", user.role().wire(), account.disabled() ? "disabled" : "enabled",
                        Instant.ofEpochMilli(account.created()).truncatedTo(ChronoUnit.SECONDS), user.email(), printable(user.name()),
                        tokens(user));
            }
            given.out().flush();
            return 0;
        }

        private String tokens(User user) {
            long taken = new TokenUse(database).last(user.id(), TokenUse.MONTH).stream()
                    .mapToLong(entry -> entry.promptTokens() + entry.completionTokens()).sum();
            return taken == 0 ? "" : "  %,d tokens in %d days".formatted(taken, TokenUse.MONTH);
        }

        /// People choose their names themselves, and a terminal obeys control characters.
        private static String printable(String name) {
            return name.replaceAll("\\p{C}", "\uFFFD");
        }

        int add() {
            var address = address();
            var shown = given.text("--name").filter(name -> !name.isBlank())
                    .orElse(address.typed().substring(0, address.typed().indexOf('@')));
            var user = accounts().add(shown, address, Optional.empty(), true, true).orElseThrow();
            say("Added " + user.email() + " as " + user.role().wire() + ".");
            return link(user);
        }

        int disable() {
            accounts().disable(account().user().id(), true);
            return say(address().typed() + " is disabled: sessions and open streams end within seconds.");
        }

        int enable() {
            accounts().disable(account().user().id(), false);
            return say(address().typed() + " is enabled.");
        }

        int resetPassword() {
            return link(account().user());
        }

        int promote() {
            accounts().promote(account().user().id());
            return say(address().typed() + " is an administrator.");
        }

        private Accounts accounts() {
            return new Accounts(database);
        }

        private int link(User user) {
            var ticket = new MailTokens(database).reset(user, Lifetime.HANDED_RESET);
            return say("The link to choose a password, which works once, for a day:\n" + site + "/reset#" + ticket.reveal());
        }

        private int say(String sentence) {
            given.out().println(sentence);
            given.out().flush();
            return 0;
        }

        private Account account() {
            var address = address();
            return accounts().find(address).orElseThrow(() -> StartupFailure.because("There is no account with the e-mail address "
                    + address.typed() + "."));
        }

        private Email address() {
            return given.<String>argument().flatMap(Email::of).orElseThrow(() -> StartupFailure.because("That is not an e-mail address."));
        }
    }
}
