package runnel.store.chat;

import java.util.ArrayList;
import java.util.List;
import runnel.chat.Role;
import runnel.store.Database;
import runnel.store.Row;
import runnel.store.SearchWords;
import runnel.store.Sql;

/// Finds the messages of one account that have some words in them, best first.
public record MessageSearch(Database database, String owner) {
    private static final char HIT = '\u0001';
    private static final char END = '\u0002';
    private static final int SNIPPET_WORDS = 32;

    /// A message that was found.
    ///
    /// @param title   its chat's
    /// @param created in epoch milliseconds
    /// @param snippet the part of it that has most of the words
    public record Hit(String chat, String title, String message, Role role, long created, List<Piece> snippet) {}

    /// @param hit whether it is one of the words that were looked for
    public record Piece(String text, boolean hit) {}

    /// @param from how many hits to leave out
    /// @throws runnel.chat.Refused where it takes too long
    public List<Hit> find(SearchQuery query, int from, int limit) {
        PendingTexts.beforeSearch(database);
        return database.search(owner, sql -> query.match(sql, owner).map(match -> find(sql, match, query, from, limit)).orElse(List.of()));
    }

    private List<Hit> find(Sql sql, String match, SearchQuery query, int from, int limit) {
        return sql.list("""
                select chat.id as chat, chat.title, message.id, message.role, message.created,
                    snippet(search_text, 1, char(1), char(2), '…', ?) as snippet
                from search_text
                    cross join search_entry on search_entry.id = search_text.rowid
                    cross join message on message.id = search_entry.message
                    cross join chat on chat.id = message.chat
                where search_text match ? and chat.owner = ?
                  and message.role = coalesce(?, message.role) and instr(lower(coalesce(message.model, '')), coalesce(lower(?), '')) > 0
                  and message.created < coalesce(?, message.created + 1) and message.created >= coalesce(?, 0)
                  and chat.pinned = coalesce(?, chat.pinned) and chat.archived = coalesce(?, chat.archived)
                  and instr(chat.tags, coalesce(',' || ? || ',', '')) > 0
                order by search_text.rank
                limit ? offset ?""", MessageSearch::row, SNIPPET_WORDS, match, owner, query.filter("role"), query.filter("model"),
                query.filter("before"), query.filter("after"), query.filter("pinned"), query.filter("archived"), query.filter("tag"),
                limit, from);
    }

    private static Hit row(Row row) {
        return new Hit(row.text("chat"), row.text("title"), row.text("id"), Role.of(row.text("role")),
                row.number("created"), pieces(SearchWords.joined(row.text("snippet"))));
    }

    private static List<Piece> pieces(String snippet) {
        var pieces = new ArrayList<Piece>();
        int from = 0;
        while (from < snippet.length()) {
            boolean hit = snippet.charAt(from) == HIT;
            from += hit ? 1 : 0;
            int to = snippet.indexOf(hit ? END : HIT, from);
            to = to < 0 ? snippet.length() : to;
            if (to > from) {
                pieces.add(new Piece(snippet.substring(from, to), hit));
            }
            from = to + (hit ? 1 : 0);
        }
        return List.copyOf(pieces);
    }
}
