package runnel.web.account;

import runnel.account.Token;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.settings.Registration;
import runnel.settings.Settings;
import runnel.store.account.Accounts;
import runnel.web.http.Fields;

/// Who may make an account. The first one of a server that others can reach is guarded: whoever makes it becomes the administrator,
/// so it takes a token that only the operator sees.
final class Registrations {
    final Settings.People people;
    private final Accounts accounts;
    private final boolean guarded;
    private Secret token;

    Registrations(Settings.People people, Accounts accounts, boolean reached) {
        this.people = people;
        this.accounts = accounts;
        this.guarded = people.registration() == Registration.OPEN && reached;
    }

    /// @throws Refused where only the administrator makes accounts
    void requireOpen() {
        if (people.registration() == Registration.CLOSED) {
            throw new Refused("registration-closed", 403, "Registration is closed",
                    "Ask the administrator of this server for an account.");
        }
    }

    /// Whether the next sign-up must bring the token. Prints it for the operator before the first time that it must.
    boolean wanted() {
        if (!guarded || !accounts.none()) {
            return false;
        }
        print();
        return true;
    }

    private synchronized void print() {
        if (token == null) {
            token = Token.random();
            System.err.println("There is no account yet. The first one, the administrator's, takes this one-time token: " + token.reveal());
        }
    }

    /// Ends the token once it has made an account. Should that be deleted and nobody be left, a new one is printed.
    synchronized void spend() {
        token = null;
    }

    /// Whether this sign-up may make the first account.
    synchronized boolean allows(Fields fields) {
        return !guarded || token != null && fields.has("token") && Token.hash(token).equals(Token.hash(fields.secret("token")));
    }

    /// Tells that the token is missing or wrong.
    static void requireToken(Fields fields) {
        fields.secret("token");
        fields.wrong("token", "must be the one-time token that the server printed");
    }
}
