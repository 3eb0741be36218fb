package runnel.web.stream;

import java.util.Optional;
import runnel.account.Credential;
import runnel.chat.Refused;
import runnel.reply.Replies;
import runnel.store.Database;

/// What can be read, for whoever may read it.
public final class Sources {
    private final Replies replies;
    private final Database database;

    public Sources(Replies replies, Database database) {
        this.replies = replies;
        this.database = database;
    }

    /// @param cursor as the reader wrote it
    /// @throws Refused where there is no such reply, or it is somebody else's
    ReplySource reply(Credential credential, String id, Optional<String> cursor) {
        return new ReplySource(replies.find(credential.user().id(), id).orElseThrow(Refused::notFound), cursor);
    }

    /// @param cursor as the reader wrote it
    FeedSource notifications(Credential credential, Optional<String> cursor) {
        return new FeedSource(database, credential.user().id(), cursor);
    }
}
