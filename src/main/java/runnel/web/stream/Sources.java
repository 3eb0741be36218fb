package runnel.web.stream;

import java.util.Optional;
import runnel.account.Credential;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.reply.ReplyText;
import runnel.store.Database;
import runnel.store.chat.Shares;

/// What can be read, for whoever may read it.
public record Sources(Replies replies, Database database) {
    /// @param cursor as the reader wrote it
    /// @throws Refused where there is no such reply, or it is somebody else's
    ReplySource reply(Credential credential, String id, Optional<String> cursor) {
        var text = credential.kind() == Credential.Kind.SHARE ? shared(credential.id(), id) : replies.find(credential.user().id(), id);
        return new ReplySource(text.orElseThrow(Refused::notFound), cursor);
    }

    /// By a link, the last reply that it shows and no other.
    private Optional<ReplyText> shared(String share, String id) {
        return new Shares(database).find(share).filter(found -> found.shown().message().equals(id))
                .flatMap(found -> replies.find(found.owner(), id));
    }

    /// @param cursor as the reader wrote it
    FeedSource notifications(Credential credential, Optional<String> cursor) {
        return new FeedSource(database, credential.user().id(), cursor);
    }
}
