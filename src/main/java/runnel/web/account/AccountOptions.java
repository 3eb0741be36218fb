package runnel.web.account;

import java.util.Optional;
import runnel.mail.MailServer;

/// Who may come in, and how.
///
/// @param accounts whether the server has accounts; without, everybody who reaches it is its one user
/// @param open     whether people may make accounts themselves
/// @param guarded  whether the first account needs the token that is printed at the start
/// @param verified whether people must have verified their e-mail address
/// @param mail     the server that takes our mail
public record AccountOptions(boolean accounts, boolean open, boolean guarded, boolean verified, Optional<MailServer> mail) {
    public static final AccountOptions NONE = new AccountOptions(false, false, false, false, Optional.empty());
}
