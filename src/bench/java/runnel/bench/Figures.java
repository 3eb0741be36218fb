package runnel.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// A JSON object of figures. A figure that is not known is null; the others have four significant digits.
final class Figures {
    private static final MathContext SIGNIFICANT = new MathContext(4);
    private static final double EXACT = 1e4;

    private final ObjectNode object;

    private Figures(ObjectNode object) {
        this.object = object;
    }

    /// A document of the bench, with what its figures depend on.
    ///
    /// @param kind which figures it holds
    static Figures document(String kind) {
        var document = new Figures(JsonNodeFactory.instance.objectNode());
        document.text("format", "runnel-bench/1").text("kind", kind).text("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        document.part("machine").put("cores", Runtime.getRuntime().availableProcessors())
                .text("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"))
                .text("java", System.getProperty("java.vm.version"));
        return document;
    }

    Figures part(String name) {
        return new Figures(object.putObject(name));
    }

    /// Another element of an array of objects.
    Figures element(String array) {
        return new Figures(object.withArray("/" + array).addObject());
    }

    Figures text(String name, String text) {
        object.put(name, text);
        return this;
    }

    Figures yes(String name, boolean whether) {
        object.put(name, whether);
        return this;
    }

    Figures put(String name, double figure) {
        if (!Double.isFinite(figure)) {
            object.putNull(name);
        } else if (figure == Math.rint(figure) || Math.abs(figure) >= EXACT) {
            object.put(name, Math.round(figure));
        } else {
            object.put(name, new BigDecimal(figure).round(SIGNIFICANT));
        }
        return this;
    }

    @Override
    public String toString() {
        return object.toPrettyString();
    }
}
