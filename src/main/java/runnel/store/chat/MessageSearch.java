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
    /// How many hits are put in order together, the newest first. Their order comes of themselves alone: FTS5's `rank` weighs words and
    /// lengths by the texts of all people, and so tells what others write.
    private static final int BLOCK = 500;
    /// In a text of more bytes words are not counted.
    private static final int MAX_MARKED = 32 << 10;

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
        var hits = new ArrayList<>(page(sql, match, query, from, limit));
        int next = (from / BLOCK + 1) * BLOCK;
        if (hits.size() < limit && from + hits.size() == next) {
            hits.addAll(find(sql, match, query, next, limit - hits.size()));
        }
        return hits;
    }

    /// What lies within one block. A hit is the better the more words are marked in it, as BM25 has it, with all words alike.
    private List<Hit> page(Sql sql, String match, SearchQuery query, int from, int limit) {
        return sql.list("""
                select chat.id as chat, chat.title, message.id, message.role, message.created,
                    snippet(search_text, 1, char(1), char(2), '…', ?) as snippet
                from (
                    select id, marks / (marks + 0.3 + 0.9 * bytes / avg(bytes) over ()) as score from (
                        select id, bytes, length(marked) - length(replace(marked, char(1), '')) as marks from (
                            select search_text.rowid as id, octet_length(message.content) as bytes,
                                case when octet_length(message.content) <= ? then highlight(search_text, 1, char(1), '')
                                    else char(1) end as marked
                            from search_text
                                cross join search_entry on search_entry.id = search_text.rowid
                                cross join message on message.id = search_entry.message
                                cross join chat on chat.id = message.chat
                            where search_text match ? and chat.owner = ?
                              and message.role = coalesce(?, message.role)
                              and instr(lower(coalesce(message.model, '')), coalesce(lower(?), '')) > 0
                              and message.created < coalesce(?, message.created + 1) and message.created >= coalesce(?, 0)
                              and chat.pinned = coalesce(?, chat.pinned) and chat.archived = coalesce(?, chat.archived)
                              and instr(chat.tags, coalesce(',' || ? || ',', '')) > 0
                            order by search_text.rowid desc limit ? offset ?))
                    order by score desc, id desc limit ? offset ?) as page
                    cross join search_text on search_text.rowid = page.id
                    cross join search_entry on search_entry.id = page.id
                    cross join message on message.id = search_entry.message
                    cross join chat on chat.id = message.chat
                where search_text match ?
                order by page.score desc, page.id desc""", MessageSearch::row, SNIPPET_WORDS, MAX_MARKED, match, owner,
                query.filter("role"), query.filter("model"), query.filter("before"), query.filter("after"),
                query.filter("pinned"), query.filter("archived"), query.filter("tag"), BLOCK, from / BLOCK * BLOCK, limit, from % BLOCK,
                match);
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
