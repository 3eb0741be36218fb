package runnel.upload;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static runnel.upload.Samples.image;
import static runnel.upload.Samples.pdf;
import static runnel.upload.Samples.text;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import runnel.chat.Refused;

/// What a file is, is decided by what is in it.
class ContentTest {
    @TempDir
    Path folder;

    private Content content(byte[] bytes) throws IOException {
        Files.write(file(), bytes);
        Files.write(read(), new byte[0]);
        return Content.of(file(), read());
    }

    private Path file() {
        return folder.resolve("file");
    }

    private Path read() {
        return folder.resolve("read");
    }

    private int refused(byte[] bytes) {
        return assertThrows(Refused.class, () -> content(bytes)).problem().status();
    }

    @ParameterizedTest
    @CsvSource({"png,image/png", "jpg,image/jpeg", "gif,image/gif"})
    void an_image_is_known_by_its_header(String format, String type) throws IOException {
        assertEquals(type, content(image(format, 640, 480)).type());
        assertEquals(85 + 170 * 6, content(image(format, 2_000, 1_000)).tokens());
    }

    @Test
    void a_webp_image_is_one_too() throws IOException {
        assertEquals(new Content("image/webp", 85 + 170, false), content(Samples.webp(500, 300)));
    }

    @Test
    void an_image_of_too_many_pixels_is_refused_without_being_decoded() {
        assertEquals(413, refused(Samples.bomb(20_000, 20_000)));
        assertEquals(413, refused(Samples.bomb(Integer.MAX_VALUE, Integer.MAX_VALUE)));
        assertEquals(413, refused(Samples.bomb(-1, 1 << 30)));
    }

    static Stream<byte[]> forged() {
        var png = image("png", 10, 10);
        var jpeg = image("jpg", 10, 10);
        return Stream.of(Samples.bomb(0, 10), Arrays.copyOf(png, 20), new byte[] {(byte) 0x89, 'P', 'N', 'G'}, Arrays.copyOf(jpeg, 40), concat(Arrays.copyOf(png, 8), text("<script>alert(1)</script>".repeat(9))),
                text("GIF89a"), text("GIF89a<script>alert(1)</script>"), text("GIF88a/*" + "x".repeat(100)), concat(new byte[] {-1, -40, -1, -32, 0, 4, 0, 0, 0, 0}, text("<html>")),
                text("RIFF\u0000\u0000\u0000\u0000WEBPVP9 " + "x".repeat(40)), concat(new byte[] {-1, -40, -1}, new byte[100_000]));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    @ParameterizedTest
    @MethodSource("forged")
    void what_begins_like_an_image_and_is_none_is_refused(byte[] bytes) {
        assertEquals(415, refused(bytes));
    }

    @Test
    void whatever_the_header_of_an_image_says_it_is_read_or_refused() throws IOException {
        var random = new Random(7);
        for (var good : new byte[][] {image("png", 30, 20), image("jpg", 30, 20), image("gif", 30, 20), Samples.webp(30, 20)}) {
            for (int i = 0; i < 2_000; i++) {
                var bytes = good.clone();
                for (int flips = random.nextInt(4); flips >= 0; flips--) {
                    bytes[random.nextInt(Math.min(bytes.length, 700))] = (byte) random.nextInt();
                }
                try {
                    assertTrue(content(Arrays.copyOf(bytes, random.nextInt(2) == 0 ? bytes.length : random.nextInt(bytes.length + 1))).tokens() >= 0);
                } catch (Refused why) {
                    assertTrue(why.problem().status() == 415 || why.problem().status() == 413);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n", "{\"a\": [1]}", "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "<html><script>", "\tgrüße 你好 \ud83d\ude00\r\n",
        "\u001b[31mred\u001b[0m", "See %PDF-1.7 for more", "public class A {}"})
    void text_of_any_kind_is_text_and_nothing_else(String text) throws IOException {
        assertEquals(new Content("text/plain", Content.tokens(text(text).length), false), content(text(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-8"})
    void text_with_a_byte_order_mark_is_read_as_utf_8_without_it(String charset) throws IOException {
        var marked = content(("\ufeffgrüße 😀").getBytes(Charset.forName(charset)));
        assertTrue(marked.text());
        assertEquals("grüße 😀", Files.readString(read()));
    }

    @Test
    void what_is_no_text_is_refused() {
        assertEquals(415, refused(new byte[0]));
        assertEquals(415, refused(new byte[] {'a', 0, 'b'}));
        assertEquals(415, refused(text("a\u0007b")));
        assertEquals(415, refused("gr\u00fc\u00dfe".getBytes(StandardCharsets.ISO_8859_1)));
        assertEquals(415, refused(new byte[] {(byte) 0xff, (byte) 0xfe, 0x00, (byte) 0xd8, 'a', 0}));
        assertEquals(415, refused(new byte[] {(byte) 0xff, (byte) 0xfe, 'a'}));
        assertEquals(415, refused(text("PK\u0003\u0004")));
        assertEquals(413, refused("x".repeat((4 << 20) + 1).getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void of_a_pdf_its_text_is_read_page_by_page() throws IOException {
        var content = content(pdf(2, "Hello from a page"));
        assertEquals("application/pdf", content.type());
        assertTrue(content.text());
        assertEquals("[Page 1]\nHello from a page\n[Page 2]\nHello from a page\n", Files.readString(read()));
    }

    @Test
    void a_pdf_that_is_locked_broken_empty_or_too_long_is_refused() {
        assertEquals(415, refused(pdf(1, "secret", "password")));
        assertEquals(415, refused(pdf(3, "")));
        assertEquals(415, refused(text("%PDF-1.7\nand nothing more")));
        assertEquals(415, refused(Arrays.copyOf(pdf(1, "Hello"), 300)));
        assertEquals(413, refused(pdf(10_000, "")));
    }

    /// 60 levels of pages that each hold the next one twice; a stream that unfolds to gigabytes; streams in streams.
    @Test
    void a_pdf_that_takes_too_much_costs_its_own_process_only() throws IOException {
        for (var bomb : new byte[][] {unfolding(), endless()}) {
            int status = assertThrows(Refused.class, () -> readFor(bomb, Duration.ofSeconds(3))).problem().status();
            assertTrue(status == 413 || status == 415, () -> "status " + status);
        }
        try (var left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
        assertFalse(content(text("Well")).text());
    }

    private void readFor(byte[] pdf, Duration limit) throws IOException {
        Files.write(file(), pdf);
        PdfText.read(file(), read(), limit);
    }

    /// A page whose content is many megabytes of text, packed.
    private static byte[] unfolding() throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var packed = new java.util.zip.DeflaterOutputStream(out)) {
            packed.write(text("BT /F1 12 Tf 72 700 Td\n"));
            for (int i = 0; i < 3_000_000; i++) {
                packed.write(text("(AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA) Tj T*\n"));
            }
            packed.write(text("ET"));
        }
        return document("<< /Length " + out.size() + " /Filter /FlateDecode >>\nstream\n", out.toByteArray());
    }

    /// A page tree that is its own child.
    private static byte[] endless() {
        return text("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [2 0 R 2 0 R] /Count 5 >> endobj\n"
                + "trailer << /Root 1 0 R >>\n%%EOF");
    }

    private static byte[] document(String dictionary, byte[] stream) {
        var head = text("%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj\n"
                + "3 0 obj << /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >> endobj\n4 0 obj " + dictionary);
        return concat(concat(head, stream), text("\nendstream endobj\ntrailer << /Root 1 0 R >>\n%%EOF"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '^', value = {"../../etc/passwd,passwd", "C:\\Users\\me\\a.txt,a.txt", "^^,file", "..,file", "...hidden,hidden", "a\u202egpj.exe,agpj.exe", "b\u200f\u0007c.txt,bc.txt", "a   b.md,a b.md", "q?.txt,q_.txt"})
    void names_are_cleaned(String name, String clean) {
        assertEquals(clean, FileName.clean(name));
        assertEquals(clean, FileName.clean(name + "\n"));
    }

    @Test
    @Timeout(20)
    void a_name_is_cleaned_in_a_time_that_grows_as_it_does() {
        assertEquals("a", FileName.clean("x/" + ".".repeat(2_000_000) + "a"));
        assertEquals("a" + ".".repeat(118) + "b", FileName.clean("a" + ".".repeat(118) + "b" + " .".repeat(1_000_000)));
        assertEquals("_".repeat(120), FileName.clean("?".repeat(2_000_000)));
    }

    @Test
    void a_long_name_keeps_its_ending() {
        assertEquals("😀".repeat(115) + ".jpeg", FileName.clean("😀".repeat(500) + ".jpeg"));
    }
}
