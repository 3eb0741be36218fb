package runnel.reply;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import runnel.chat.Attachment;
import runnel.chat.Role;
import runnel.chat.Turn;

/// What a model is given to read: the system message, then the chat as it was.
///
/// Where that would not fit the model, the oldest turns are left out, by this rule: three bytes of UTF-8 count as a token,
/// and each message as four more; a quarter of the model's context is kept for the reply, or its cap where that is set
/// and smaller. The system message and the newest prompt always stay, and what is left begins with a prompt.
/// Neighbours of one role are joined. Images are left out in the same way where there are more bytes of them than servers take.
///
/// @param omitted how many messages were left out
record History(List<Turn> turns, int omitted) {
    /// What is asked with at most where nobody knows what the model takes: some 8 MB of text, which is in memory several times.
    private static final long UNKNOWN_CONTEXT = 2_700_000;
    private static final int BYTES_PER_TOKEN = 3;
    private static final int TOKENS_PER_MESSAGE = 4;
    private static final int REPLY_SHARE = 4;
    /// What images may have in all; as base64 they take a third more, and OpenAI takes requests of 50 MB.
    static final long MAX_IMAGE_BYTES = 32 << 20;

    /// @param path the turns that lead to the prompt, oldest first, then the prompt, then what the reply to it says so far
    static History of(String system, List<Turn> path, Optional<Long> contextTokens, Optional<Long> maxTokens) {
        var chat = path.stream().filter(turn -> !turn.content().isBlank() || !turn.isPlain()).toList();
        int first = chat.isEmpty() ? 0 : firstThatFits(system, chat, room(contextTokens, maxTokens));
        var turns = new ArrayList<Turn>();
        if (!system.isBlank()) {
            turns.add(new Turn(Role.SYSTEM, system));
        }
        chat.subList(first, chat.size()).forEach(turn -> append(turns, turn));
        return new History(turns, first);
    }

    /// Many models refuse neighbours of one role, which are left where a reply has failed or an import has gaps.
    private static void append(List<Turn> turns, Turn next) {
        var last = turns.isEmpty() ? new Turn(Role.SYSTEM, "") : turns.getLast();
        if (last.role() != next.role() || !last.isPlain() || !next.isPlain()) {
            turns.add(next);
        } else if (!last.equals(next)) {
            var files = Stream.concat(last.attachments().stream(), next.attachments().stream()).toList();
            turns.set(turns.size() - 1, last.with(last.content() + "\n\n" + next.content(), files));
        }
    }

    /// How many tokens the turns are taken to be.
    static long tokens(String system, List<Turn> path) {
        return tokens(system) + path.stream().mapToLong(History::tokens).sum();
    }

    /// How many tokens may be asked with.
    static long room(Optional<Long> contextTokens, Optional<Long> maxTokens) {
        long context = contextTokens.orElse(UNKNOWN_CONTEXT);
        long reply = context / REPLY_SHARE;
        return context - Math.min(reply, maxTokens.orElse(reply));
    }

    /// How much text that is at most.
    static long bytes(long tokens) {
        return tokens * BYTES_PER_TOKEN;
    }

    static long imageBytes(List<Attachment> attachments) {
        return attachments.stream().filter(Attachment::isImage).mapToLong(Attachment::size).sum();
    }

    private static int firstThatFits(String system, List<Turn> chat, long room) {
        int prompt = newestPrompt(chat);
        int first = prompt;
        long used = tokens(system, chat.subList(prompt, chat.size()));
        long images = imageBytes(chat.get(prompt).attachments());
        while (first > 0 && used + tokens(chat.get(first - 1)) <= room
                && images + imageBytes(chat.get(first - 1).attachments()) <= MAX_IMAGE_BYTES) {
            used += tokens(chat.get(--first));
            images += imageBytes(chat.get(first).attachments());
        }
        while (first < prompt && !isPrompt(chat.get(first))) {
            first++;
        }
        return first;
    }

    /// It is the last turn, or the one before where the model is to go on with what it has said.
    private static int newestPrompt(List<Turn> chat) {
        int prompt = chat.size() - 1;
        while (prompt > 0 && !isPrompt(chat.get(prompt))) {
            prompt--;
        }
        return prompt;
    }

    private static boolean isPrompt(Turn turn) {
        return turn.role() == Role.USER && !turn.answersCall();
    }

    private static long tokens(Turn turn) {
        return tokens(turn.input().orElse(turn.content())) + turn.attachments().stream().mapToLong(Attachment::tokens).sum()
                + turn.calls().stream().mapToLong(call -> tokens(call.arguments())).sum();
    }

    static long tokens(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length / BYTES_PER_TOKEN + TOKENS_PER_MESSAGE;
    }
}
