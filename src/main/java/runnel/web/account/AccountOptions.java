package runnel.web.account;

import java.util.Optional;
import runnel.mail.MailServer;
import runnel.settings.Auth;
import runnel.settings.Registration;
import runnel.settings.Settings;

/// Who may come in, and how.
///
/// @param accounts whether the server has accounts; without, everybody who reaches it is its one user
/// @param open     whether people may make accounts themselves
/// @param guarded  whether the first account needs the token that is printed at the start
/// @param verified whether people must have verified their e-mail address
/// @param mail     the server that takes our mail
/// @param base     the path below which everything lives, as `/chat`, or nothing
public record AccountOptions(boolean accounts, boolean open, boolean guarded, boolean verified, Optional<MailServer> mail,
        String base) {
    public static AccountOptions of(Settings settings) {
        var people = settings.people();
        return new AccountOptions(people.auth() == Auth.ACCOUNTS, people.registration() == Registration.OPEN,
                settings.listening().isReached(),
                people.requireVerifiedEmail(), people.smtpUrl().map(url -> MailServer.of(url, people.mailFrom())),
                settings.listening().base());
    }
}
