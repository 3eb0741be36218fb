package runnel.cli;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import runnel.account.Account;
import runnel.account.Email;
import runnel.account.Lifetime;
import runnel.account.User;
import runnel.settings.StartupFailure;
import runnel.store.Database;
import runnel.store.account.Accounts;
import runnel.store.account.MailTokens;
import runnel.store.reply.TokenUse;

/// One piece of work on one account.
record UserCommand(Database database, String site, Arguments given) {
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
        var shown = given.text("--name").filter(name -> !name.isBlank()).orElse(address.typed().substring(0, address.typed().indexOf('@')));
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
