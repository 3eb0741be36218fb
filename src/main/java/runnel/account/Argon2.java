package runnel.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id (RFC 9106), its parameters, and how a hash is written: the PHC string format, as every other library reads it.
///
/// @param memory KiB
record Argon2(int memory, int passes, int lanes) {
    /// OWASP's Password Storage Cheat Sheet.
    static final Argon2 OWASP = new Argon2(19_456, 2, 1);

    private static final int SALT = 16;
    private static final int HASH = 32;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern WRITTEN =
            Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,3})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    /// A hash with all that is needed to check a password against it.
    record Hash(Argon2 parameters, byte[] salt, byte[] value) {
        static Optional<Hash> read(String written) {
            var parts = WRITTEN.matcher(written);
            if (!parts.matches()) {
                return Optional.empty();
            }
            var parameters = new Argon2(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
                    Integer.parseInt(parts.group(3)));
            var decoder = Base64.getDecoder();
            return Optional.of(new Hash(parameters, decoder.decode(parts.group(4)), decoder.decode(parts.group(5))));
        }

        boolean fits(String password) {
            return MessageDigest.isEqual(value, parameters.compute(password, salt, value.length));
        }

        String written() {
            var encoder = Base64.getEncoder().withoutPadding();
            return "$argon2id$v=19$m=" + parameters.memory + ",t=" + parameters.passes + ",p=" + parameters.lanes
                    + "$" + encoder.encodeToString(salt) + "$" + encoder.encodeToString(value);
        }
    }

    Hash hash(String password) {
        var salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return new Hash(this, salt, compute(password, salt, HASH));
    }

    private byte[] compute(String password, byte[] salt, int length) {
        var generator = new Argon2BytesGenerator();
        generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(memory).withIterations(passes).withParallelism(lanes).withSalt(salt).build());
        var hash = new byte[length];
        generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
        return hash;
    }
}
