package runnel.web.account;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Credential;
import runnel.web.http.Authentication;

/// The one user of a server without accounts.
final class LocalAuthentication implements Authentication {
    @Override
    public Optional<Credential> find(Context ctx) {
        return Optional.of(Credential.LOCAL);
    }
}
