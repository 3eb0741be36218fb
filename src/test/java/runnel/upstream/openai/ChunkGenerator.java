package runnel.upstream.openai;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Makes chunks as no server makes them all: members in any order, any text in any spelling, white space anywhere, and
/// the interesting names also in places where they mean nothing.
final class ChunkGenerator {
    private static final String[] NAMES =
            {"content", "delta", "choices", "reasoning", "finish_reason", "usage", "role", "tool_calls", "logprobs", "é", "a b"};
    private static final String[] TEXTS = {"", "a", " the", "\"", "\\", "/", "\n", "\r\n", "\t\b\f", "\0", "é", "漢", "😀", "\ud83d",
        "\ude00", "\u2028", "content\":\"x", "}]}", "null"};

    private final Random random;

    ChunkGenerator(Random random) {
        this.random = random;
    }

    String chunk() {
        var members = members("id", "object", "created", "model", "x");
        members.add(member("choices", "[" + choice() + (rarely() ? "," + choice() : "") + "]"));
        if (rarely()) {
            members.add(member("usage", pick("null", "{\"prompt_tokens\":1,\"completion_tokens\":2}", "null")));
        }
        if (rarely()) {
            members.add(member(pick("error", "errors", "error_message", "detail"), pick("null", "\"\"", "{}", "[]", "\"bad\"", "{\"code\":1}")));
        }
        return object(members);
    }

    private String choice() {
        var members = rarely() ? members("index", "content", "text", "message", "stop_reason", "tool_calls", "reasoning") : members("index", "logprobs");
        members.add(member("delta", delta()));
        if (random.nextBoolean()) {
            members.add(member("finish_reason", rarely() ? pick("\"stop\"", "\"\"") : "null"));
        }
        return object(members);
    }

    private String delta() {
        var members = rarely() ? members("role", "refusal", "contents", "delta", "thinking", "text", "error", "reasoning_details") : members("role", "tool_calls");
        for (String name : new String[] {"content", "reasoning_content", "reasoning"}) {
            if (random.nextBoolean()) {
                members.add(member(name, rarely() ? value(2) : random.nextInt(4) == 0 ? "null" : string()));
            }
        }
        return object(members);
    }

    private List<String> members(String... names) {
        var members = new ArrayList<String>();
        for (String name : names) {
            if (random.nextInt(3) == 0) {
                members.add(member(name, value(3)));
            }
        }
        return members;
    }

    private String member(String name, String value) {
        return space() + "\"" + name + "\"" + space() + ":" + space() + value + space();
    }

    private String object(List<String> members) {
        Collections.shuffle(members, random);
        return space() + "{" + String.join(",", members) + "}" + space();
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> "null";
            case 1 -> pick("true", "false");
            case 2 -> pick("0", "-0", "17", "-1.5", "1e9", "2.5E-3", "1764000000");
            case 3, 4 -> string();
            case 5 -> "[" + value(depth - 1) + space() + "," + value(depth - 1) + "]";
            default -> object(new ArrayList<>(List.of(
                    member(pick(NAMES), value(depth - 1)), member("k" + random.nextInt(), value(depth - 1)))));
        };
    }

    private String string() {
        var json = new StringBuilder("\"");
        for (int i = random.nextInt(4); i > 0; i--) {
            pick(TEXTS).chars().forEach(c -> json.append(spelled((char) c)));
        }
        return json.append('"').toString();
    }

    private String spelled(char c) {
        if (random.nextInt(6) == 0) {
            var hex = random.nextBoolean() ? HexFormat.of() : HexFormat.of().withUpperCase();
            return "\\u" + hex.toHexDigits(c);
        }
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '/' -> pick("/", "\\/");
            case '\0' -> "\\u0000";
            default -> String.valueOf(c);
        };
    }

    private String space() {
        return rarely() ? pick(" ", "\n", "\r\n", "\t ") : "";
    }

    private boolean rarely() {
        return random.nextInt(12) == 0;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
