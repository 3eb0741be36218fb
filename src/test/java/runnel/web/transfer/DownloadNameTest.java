package runnel.web.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class DownloadNameTest {
    @Test
    void a_plain_title_is_its_own_name() {
        assertEquals("attachment; filename=\"Plan a weekend.md\"; filename*=UTF-8''Plan%20a%20weekend.md", DownloadName.of("Plan a weekend").attachment("md"));
    }

    @Test
    void other_scripts_come_whole_beside_an_ascii_name() {
        assertEquals("attachment; filename=\"Gru_e, __.html\"; filename*=UTF-8''Gr%C3%BC%C3%9Fe%2C%20%E4%B8%96%E7%95%8C.html",
                DownloadName.of("Grüße, 世界").attachment("html"));
    }

    @Test
    void no_title_names_a_folder_hides_the_file_or_ends_the_header() {
        for (var title : List.of("../../etc/passwd", "..", "~/x", "C:\\Windows\\x", ".bashrc", "-rf x", "a\r\nSet-Cookie: x=1", "a\"; filename=\"evil.exe", "\u202Efdp.exe",
                "\u0000", "", " . ", "\uD800", "a\u2028b", "a%2Fb", "x".repeat(500), "NUL", "con.txt", "COM1", "\uD83D\uDE00".repeat(200))) {
            var header = DownloadName.of(title).attachment("json");
            assertTrue(header.matches("attachment; filename=\"[ !#$&'()+,.;=@\\[\\]^_`{}~A-Za-z0-9-]+\\.json\"; filename\\*=UTF-8''[A-Za-z0-9._~%-]+\\.json"), header);
            assertFalse(header.matches(".*filename=\"[./~-].*|.*[/\\\\:\u202E].*|.*%2[FE].*|.*%5C.*|.*%0[AD].*"), header);
            assertFalse(DownloadName.of(title).shown().matches("(?i)(nul|con|com1)(\\..*)?"), header);
            assertTrue(DownloadName.of(title).shown().codePointCount(0, DownloadName.of(title).shown().length()) <= 85, header);
        }
    }
}
