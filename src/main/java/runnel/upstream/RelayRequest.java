package runnel.upstream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;

/// The body of a `POST /chat/completions` that is passed on as it came.
///
/// @param model what it names
/// @param json  in UTF-8
/// @param from  where in it the model's name begins, with its quote
/// @param to    behind the name
public record RelayRequest(String model, byte[] json, int from, int to) {
    /// The same for what another server calls the model.
    public RelayRequest named(String other) {
        if (other.equals(model)) {
            return this;
        }
        var renamed = new ByteArrayOutputStream(json.length + other.length());
        renamed.write(json, 0, from);
        renamed.write('"');
        renamed.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(other));
        renamed.write('"');
        int end = renamed.size();
        renamed.write(json, to, json.length - to);
        return new RelayRequest(other, renamed.toByteArray(), from, end);
    }
}
