package runnel.store.chat;

import static java.util.Comparator.comparingInt;

import java.text.Normalizer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import runnel.chat.Tags;
import runnel.store.SearchWords;
import runnel.store.Sql;

/// What somebody looks for: words, which may be beginnings of words, "phrases", and filters such as `role:user`, `model:gpt-5`,
/// `before:2026-01-31`, `after:2026-01-01`, `pinned:yes`, `archived:no` and `tag:work`. All of it must hold.
///
/// @param filters by name: text, a moment in epoch milliseconds, or a Boolean
public record SearchQuery(List<Term> terms, Map<String, Object> filters) {
    static final SearchQuery ALL = new SearchQuery(List.of(), Map.of());
    /// The filters of which a chat says by itself whether they hold.
    private static final Set<String> CHATS = Set.of("pinned", "archived", "tag");
    private static final int MAX_TERMS = 16;
    /// How many words that have a part inside are looked for.
    private static final int MAX_WORDS = 100;
    /// Of fewer letters too many words begin.
    private static final int MIN_BEGINNING = 3;
    private static final Pattern PART = Pattern.compile("(?:(role|model|before|after|pinned|archived|tag):)?(?:\"([^\"]*)\"?|(\\S+))");

    /// @param phrase whether it is wanted as it stands, and not as a beginning
    record Term(String text, boolean phrase) {
        private boolean hasWord() {
            return text.codePoints().anyMatch(Character::isLetterOrDigit);
        }

        /// With both spellings of what German writes as `ß` in small letters only.
        String match() {
            var lower = text.toLowerCase(Locale.ROOT);
            return Stream.of(lower, lower.replace("ß", "ss"), lower.replace("ss", "ß")).distinct()
                    .map(spelling -> '"' + SearchWords.parted(spelling).replace("\"", "") + '"')
                    .map(words -> phrase || text.length() < MIN_BEGINNING ? words : words + " *")
                    .collect(Collectors.joining(" OR "));
        }

        /// The longest word in it, as `unicode61` writes it.
        String word() {
            var plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "").toLowerCase(Locale.ROOT);
            return Stream.of(plain.split("[^\\p{L}\\p{N}]+")).max(comparingInt(String::length)).orElse("");
        }
    }

    public static SearchQuery of(String text) {
        var terms = new ArrayList<Term>();
        var filters = new HashMap<String, Object>();
        var parts = PART.matcher(text.replace('\0', ' ')); // at which FTS5 would take it to end
        while (parts.find()) {
            boolean quoted = parts.group(2) != null;
            var value = quoted ? parts.group(2) : parts.group(3);
            var filter = Optional.ofNullable(parts.group(1)).flatMap(name -> filter(name, value));
            if (filter.isPresent()) {
                filters.put(parts.group(1), filter.get());
            } else if (terms.size() < MAX_TERMS) {
                terms.add(new Term(parts.group(1) == null ? value : parts.group(), quoted));
            }
        }
        return new SearchQuery(terms.stream().filter(Term::hasWord).toList(), Map.copyOf(filters));
    }

    /// @return nothing where it can mean nothing: then it is a word
    private static Optional<Object> filter(String name, String value) {
        try {
            return switch (name) {
                case "role" -> Optional.<Object>of(value.toLowerCase(Locale.ROOT)).filter(List.of("user", "assistant")::contains);
                case "before", "after" -> Optional.of(LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
                case "pinned", "archived" -> Optional.ofNullable(Map.of("yes", true, "true", true, "no", false, "false", false)
                        .get(value.toLowerCase(Locale.ROOT)));
                case "tag" -> Tags.of(value).map(Object.class::cast);
                default -> Optional.of(value);
            };
        } catch (DateTimeParseException notOne) {
            return Optional.empty();
        }
    }

    /// The same, with another filter.
    public SearchQuery with(String name, Object value) {
        var more = new HashMap<>(filters);
        more.put(name, value);
        return new SearchQuery(terms, Map.copyOf(more));
    }

    /// Whether there is nothing in it that could be found.
    public boolean isEmpty() {
        return terms.isEmpty() && filters.isEmpty();
    }

    /// Whether words have to be looked for, and not only what chats say of themselves.
    boolean hasWords() {
        return filters.isEmpty() || !terms.isEmpty() || !CHATS.containsAll(filters.keySet());
    }

    Optional<Object> filter(String name) {
        return Optional.ofNullable(filters.get(name));
    }

    /// What FTS5 is asked for what belongs to one person: for words that begin so or, where there are none, that have these inside.
    ///
    /// @return nothing where there is nothing to look for
    Optional<String> match(Sql sql, String owner) {
        if (terms.isEmpty()) {
            return Optional.empty();
        }
        var match = match(owner, terms.stream().map(Term::match));
        boolean found = sql.exists("select 1 from search_text where search_text match ?", match);
        return found ? Optional.of(match) : inside(sql, owner).map(words -> match(owner, words.stream()));
    }

    /// Of the words of all people those that this one has: else what others write would decide which are among the first.
    private Optional<List<String>> inside(Sql sql, String owner) {
        var words = terms.stream().map(term -> term.phrase ? term.match() : String.join(" OR ", sql.list("""
                select term from search_word where col = 'text' and instr(term, ?) > 0
                    and exists (select 1 from search_text where search_text match replace(?, '?', term)) limit ?""",
                row -> '"' + row.text("term") + '"', term.word(), match(owner, Stream.of("\"?\"")), MAX_WORDS))).toList();
        return words.stream().anyMatch(String::isEmpty) ? Optional.empty() : Optional.of(words);
    }

    private static String match(String owner, Stream<String> terms) {
        return terms.collect(Collectors.joining(") AND (", "owner : \"o" + owner.replace("-", "") + "\" AND text : ((", "))"));
    }
}
