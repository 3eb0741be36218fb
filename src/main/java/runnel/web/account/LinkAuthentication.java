package runnel.web.account;

import io.javalin.http.Context;
import java.util.Optional;
import runnel.account.Credential;
import runnel.account.User;
import runnel.chat.Refused;
import runnel.chat.Secret;
import runnel.store.chat.Shares;
import runnel.store.chat.Shares.Share;
import runnel.web.http.Authentication;
import runnel.web.http.ClientAddress;

/// Visitors by a link to a shared chat: by the token in the address and by nothing else, whoever they are besides.
///
/// @param on whether the server lets anybody in so
public record LinkAuthentication(Shares shares, ClientAddress clientAddress, boolean on) implements Authentication {
    /// @throws Refused where there is no such link, not any more, or links are off: all the same to whoever asks
    public Share share(Context ctx) {
        return found(ctx).orElseThrow(Refused::notFound);
    }

    public Optional<Share> found(Context ctx) {
        return on ? shares.find(new Secret(ctx.pathParam("share"))) : Optional.empty();
    }

    @Override
    public Optional<Credential> find(Context ctx) {
        var share = share(ctx);
        var visitor = new User("visitor " + clientAddress.networks(ctx).getFirst(), "", "", User.Role.USER, true);
        return Optional.of(new Credential(Credential.Kind.SHARE, share.id(), visitor, share.ends()));
    }
}
