package runnel.jar;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The talk that the documents show.
@Tag("jar")
class RecordedTalkTest {
    @Test
    void recorded_anew_it_is_as_the_documents_show_it(@TempDir Path folder) throws Exception {
        var said = folder.resolve("said");
        var command = new ArrayList<>(List.of("src/test/talk.sh", folder.resolve("talk.txt").toString()));
        command.addAll(Jar.command());
        var recorder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
        assertEquals(0, recorder.waitFor(), Files.readString(said));
        assertEquals(Files.readString(Path.of("docs/talk.txt")), Files.readString(folder.resolve("talk.txt")));
    }
}
