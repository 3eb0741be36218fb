package runnel.cli;

import java.util.List;
import runnel.cli.terminal.Printable;

/// One thing that [Doctor] found, in a sentence. What a model server or a proxy says in it does nothing to a terminal.
///
/// @param area   what it belongs to
/// @param remedy what to do about it, line by line; empty where all is well
record Finding(Area area, Level level, String sentence, List<String> remedy) {
    enum Area {
        MACHINE("This machine"), SETTINGS("Settings"), DATA("Data"), MODEL("Model"), PROXY("The way through");

        final String title;

        Area(String title) {
            this.title = title;
        }
    }

    /// `GOOD` is as it should be, `NOTE` works but could be better, `BAD` does not work.
    enum Level { GOOD, NOTE, BAD }

    Finding {
        sentence = Printable.line(sentence);
        remedy = remedy.stream().map(Printable::line).toList();
    }

    static Finding good(Area area, String sentence) {
        return new Finding(area, Level.GOOD, sentence, List.of());
    }

    static Finding note(Area area, String sentence, String... remedy) {
        return new Finding(area, Level.NOTE, sentence, List.of(remedy));
    }

    static Finding bad(Area area, String sentence, String... remedy) {
        return new Finding(area, Level.BAD, sentence, List.of(remedy));
    }
}
