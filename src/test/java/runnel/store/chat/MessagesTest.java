package runnel.store.chat;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import runnel.store.StoreTest;

class MessagesTest extends StoreTest {
    @Test
    void whether_a_chat_has_changed_is_told_without_reading_its_texts() {
        for (var which : new String[] {Messages.BEFORE_RUNNING, Messages.UP_TO}) {
            var plan = database.read(sql -> sql.list("explain query plan " + Messages.VERSION + which, row -> row.text("detail"), "chat", "x"));
            assertTrue(plan.stream().allMatch(step -> !step.contains(" message ") || step.contains(" COVERING INDEX ")), plan::toString);
        }
    }
}
