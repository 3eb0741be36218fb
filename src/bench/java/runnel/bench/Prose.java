package runnel.bench;

import java.util.Random;

/// Text that means nothing and packs as badly as prose does, which matters to what it costs to store.
final class Prose {
    private static final int BLOCKS = 64; // more together than zlib looks back
    private static final String LETTERS = "eeeeeeeettttttaaaaaoooooiiiiinnnnnssssrrrrhhhhddllcuumwfgypbvk      ";

    private final byte[][] blocks = new byte[BLOCKS][];

    /// @param block how many bytes come in a piece
    Prose(int block) {
        var random = new Random(1);
        for (int i = 0; i < BLOCKS; i++) {
            blocks[i] = new byte[block];
            for (int at = 0; at < block; at++) {
                blocks[i][at] = (byte) LETTERS.charAt(random.nextInt(LETTERS.length()));
            }
        }
    }

    /// The same piece again after 64 others.
    byte[] piece(int number) {
        return blocks[Math.floorMod(number, BLOCKS)];
    }
}
