package runnel.web.account;

import runnel.account.Token;
import runnel.chat.Secret;
import runnel.store.account.Accounts;
import runnel.web.http.Fields;

/// Guards the first account of a server that others can reach: whoever makes it becomes the administrator, so it takes a
/// token that only the operator sees.
final class FirstToken {
    private final Accounts accounts;
    private final boolean guarded;
    private Secret token;

    FirstToken(Accounts accounts, boolean guarded) {
        this.accounts = accounts;
        this.guarded = guarded;
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
    boolean allows(Fields fields) {
        return !guarded || fields.has("token") && fits(fields.secret("token"));
    }

    private synchronized boolean fits(Secret given) {
        return token != null && Token.hash(token).equals(Token.hash(given));
    }

    /// Tells that the token is missing or wrong.
    static void require(Fields fields) {
        fields.secret("token");
        fields.wrong("token", "must be the one-time token that the server printed");
    }
}
