package runnel.store.account;

import java.util.Collection;
import java.util.List;
import runnel.account.Credential;
import runnel.store.Database;
import runnel.store.chat.Revocations;
import runnel.store.chat.Shares;

/// Looks after those who were let in for long: readers of streams.
public record Credentials(Database database) {
    /// See [Revocations].
    public long revocations() {
        return database.read(Revocations::number);
    }

    /// Those that would not let anybody in any more.
    public List<Credential> over(Collection<Credential> passes) {
        if (passes.isEmpty()) {
            return List.of();
        }
        long now = System.currentTimeMillis();
        return database.read(sql -> passes.stream().filter(pass -> switch (pass.kind()) {
            case LOCAL -> false;
            case SESSION -> !CredentialRows.SESSION.lasts(sql, pass.id(), now);
            case SHARE -> !Shares.lasts(sql, pass.id(), now);
            case TOKEN -> !CredentialRows.TOKEN.lasts(sql, pass.id(), now);
        }).toList());
    }
}
