package runnel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import runnel.faults.LockedDatabase;
import runnel.settings.Settings;
import runnel.settings.SettingsSources;
import runnel.settings.StartupFailure;

class StartTest {
    @TempDir
    Path data;

    @Test
    void a_start_that_cannot_write_names_the_folder_the_reason_and_the_remedy() {
        Server.start(data).close();
        try (var _ = LockedDatabase.in(data)) {
            var settings = Settings.of(SettingsSources.of(Map.of("DATA_DIR", data.toString(), "PORT", "0")));
            assertEquals("DATA_DIR (" + data + "): the database cannot be used: it is locked by another program. End that one.",
                    assertThrows(StartupFailure.class, () -> Main.started(settings)).getMessage());
        }
    }
}
