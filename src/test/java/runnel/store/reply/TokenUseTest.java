package runnel.store.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import runnel.chat.Usage;
import runnel.store.StoreTest;

class TokenUseTest extends StoreTest {
    @Test
    void days_that_are_shown_no_more_are_not_kept_either() {
        var use = new TokenUse(database);
        use.add("me", "m", Optional.of(new Usage(1, 2, 3)));
        for (int i = 1; i <= TokenUse.MONTH; i++) {
            database.write(sql -> sql.update("update token_use set day = day - 1"));
            use.add("me", "m", Optional.empty());
        }
        assertEquals(TokenUse.MONTH, use.last("me", TokenUse.MONTH).size());
        assertEquals(TokenUse.MONTH, (long) database.read(sql -> sql.number("select count(*) from token_use")));
    }
}
