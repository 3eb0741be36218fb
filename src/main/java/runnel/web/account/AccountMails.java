package runnel.web.account;

import java.util.Optional;
import java.util.function.Supplier;
import runnel.account.Email;
import runnel.account.Lifetime;
import runnel.account.User;
import runnel.chat.Secret;
import runnel.mail.Mailer;
import runnel.store.account.MailTokens;

/// The mails that the server writes. Their links carry the token behind a `#`, which no browser sends to any server.
///
/// @param site the address that people type
record AccountMails(Optional<Mailer> mailer, MailTokens mailTokens, Supplier<String> site) {
    boolean sent() {
        return mailer.isPresent();
    }

    void reset(User user) {
        write(user, "A new password", "Somebody, perhaps you, has asked for a new password for", "/reset",
                "The link works once, for an hour. If it was not you, do nothing.", mailTokens.reset(user, Lifetime.RESET));
    }

    void verification(User user) {
        write(user, "Is this your address?", "This address was given for an account at", "/verify",
                "Open the link to say that it is yours. It works once, for two days.",
                mailTokens.verification(user, Lifetime.VERIFICATION));
    }

    private void write(User user, String subject, String reason, String page, String advice, Secret token) {
        mailer.ifPresent(mail -> mail.send(new Email(user.email()), subject,
                reason + " " + site.get() + ".\n\n" + site.get() + page + "#" + token.reveal() + "\n\n" + advice + "\n"));
    }
}
