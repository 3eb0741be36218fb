package runnel.reply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import runnel.Nasty;

class Utf8TextTest {
    private final Utf8Text text = new Utf8Text(new byte[0], 0);

    private String written() {
        return new String(text.bytes(), 0, text.length(), StandardCharsets.UTF_8);
    }

    @RepeatedTest(100)
    void however_it_is_split_it_becomes_the_same_text(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var whole = repetition.getCurrentRepetition() % 2 == 0 ? Nasty.text(random, 300) : anything(random);
        Nasty.pieces(random, whole, 5).forEach(text::append);
        text.finish();

        assertEquals(Nasty.stored(whole), written());
    }

    private static String anything(Random random) {
        var chars = new char[random.nextInt(500)];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (random.nextInt(3) == 0 ? 0xd800 + random.nextInt(0x800) : random.nextInt(0x10000));
        }
        return new String(chars);
    }

    @Test
    void half_a_pair_is_held_back_until_the_other_half_comes() {
        text.append("a\ud83d");
        assertEquals("a", written());
        text.append("");
        assertEquals("a", written());
        text.append("\ude00b");
        assertEquals("a😀b", written());
    }

    @Test
    void half_a_pair_that_stays_alone_is_replaced_once() {
        text.append("\ud83d");
        text.finish();
        text.finish();
        assertEquals("\ufffd", written());
    }

    @Test
    void bytes_that_were_handed_out_never_change() {
        text.append("first");
        var handedOut = text.bytes();
        int length = text.length();
        var copy = Arrays.copyOf(handedOut, length);
        for (int i = 0; i < 1_000; i++) {
            text.append("more é 😀");
        }
        assertEquals(Arrays.toString(copy), Arrays.toString(Arrays.copyOf(handedOut, length)));
    }
}
