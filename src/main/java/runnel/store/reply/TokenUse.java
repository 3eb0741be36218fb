package runnel.store.reply;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import runnel.chat.Usage;
import runnel.store.Database;
import runnel.store.Sql;

/// How many tokens each person's requests have taken, by day (UTC) and model, as the models' servers counted them.
public record TokenUse(Database database) {
    /// Days that are kept and shown.
    public static final int MONTH = 30;
    private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

    /// @param day since 1 January 1970
    public record Entry(long day, String model, long requests, long promptTokens, long completionTokens) {}

    /// Counts one request.
    ///
    /// @param usage what it took, where that is known
    public void add(String owner, String model, Optional<Usage> usage) {
        database.write(sql -> add(sql, owner, model, usage));
    }

    static int add(Sql sql, String owner, String model, Optional<Usage> usage) {
        sql.update("delete from token_use where owner = ? and day <= ?", owner, today() - MONTH);
        return sql.update("""
                insert into token_use (owner, day, model, requests, prompt_tokens, completion_tokens)
                select ?, ?, ?, 1, ?, ? where not exists (select 1 from deleted_account where id = ?)
                on conflict (owner, day, model) do update set requests = token_use.requests + 1,
                    prompt_tokens = token_use.prompt_tokens + excluded.prompt_tokens,
                    completion_tokens = token_use.completion_tokens + excluded.completion_tokens
                """, owner, today(), model, usage.map(Usage::promptTokens).orElse(0L), usage.map(Usage::completionTokens).orElse(0L),
                owner);
    }

    /// The last days of a person, the latest first.
    public List<Entry> last(String owner, int days) {
        return database.read(sql -> sql.list("select * from token_use where owner = ? and day > ? order by day desc, model",
                row -> new Entry(row.number("day"), row.text("model"), row.number("requests"), row.number("prompt_tokens"),
                        row.number("completion_tokens")), owner, today() - days));
    }

    private static long today() {
        return System.currentTimeMillis() / DAY_MILLIS;
    }
}
