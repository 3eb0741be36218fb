package runnel.upstream.openai;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How models write where thoughts begin and end.
final class ThinkTag {
    static final int LONGEST = 300;
    /// The characters with which tags begin.
    private static final String BEGINNINGS = "<[◁";
    private static final String NAME = "(think(?:ing)?|thoughts?|reasoning|reflection|seed:think|antthinking)";
    /// What gpt-oss and Gemma write where their server does not know it.
    private static final String CHANNEL = "(?:<\\|start\\|>assistant)?<\\|channel\\|>(?:analysis|commentary)<\\|message\\|>"
            + "|<\\|channel>thought|<\\|(?:begin_of_thought|start_thinking|inner_prefix)\\|>";
    private static final String FINAL = "<\\|end\\|>(?:<\\|start\\|>assistant)?<\\|channel\\|>final<\\|message\\|>|<channel\\|>"
            + "|<\\|(?:end_of_thought|end_thinking|inner_suffix)\\|>";
    static final Pattern OPEN = Pattern.compile("(?i)\\s*(?:<" + NAME + "(?:\\s[^<>]{0,200})?>|◁think▷|" + CHANNEL
            + ")|(?-i:\\s*\\[THINK\\])");
    static final Pattern CLOSE = Pattern.compile("(?i)</" + NAME + "\\s*>|◁/think▷|(?-i:\\[/THINK\\])|" + FINAL);
    static final Pattern LONE = Pattern.compile("(?i)</(?:think(?:ing)?|thoughts?|reasoning|seed:think)>[ \\t\\r]*\\n");
    /// What is left of tags before anything was said; a tag with more on its line may be what the answer speaks of.
    static final Pattern FIRST = Pattern.compile("(?i)\\s*(?:</think>(?=[ \\t\\r]*\\n)|<\\|(?:start_response|begin_of_solution)\\|>)");

    /// Behind thoughts, where some templates (Hunyuan's, GLM's) have the answer in tags as well.
    static final Pattern ANSWER = Pattern.compile("(?i)\\s*<answer>");
    private static final String MARKS = "<[|｜][a-z_▁]{1,40}[|｜]>|<end_of_turn>|<eos>";
    /// What marks the end to the model's server, which should have taken it out.
    static final Pattern LAST = Pattern.compile("(?i)(?:(?:" + MARKS + ")\\s*){1,8}");
    static final Pattern LAST_OF_ANSWER = Pattern.compile("(?i)(?:(?:</answer>|" + MARKS + ")\\s*){1,8}");
    /// Models whose templates open the tag themselves, by the names under which they are served.
    private static final Pattern THINKING_FIRST = Pattern.compile("(?i)(?:^|[/:_-])(?:deepseek[_-]?r1|r1-1776|qwq|exaone-deep"
            + "|nemotron-3-nano|(?:qwen-?3|olmo-3)[a-z0-9._-]*-think)");

    private ThinkTag() {}

    /// Whether answers of this model are likely to begin within its thoughts; its first answer says whether they do.
    static boolean mayThinkFirst(String model) {
        return THINKING_FIRST.matcher(model).find();
    }

    /// What an assistant's message is without the thoughts that it begins with, for a model that is to read it.
    static String without(String content) {
        Matcher open = OPEN.matcher(content);
        Matcher close = CLOSE.matcher(content);
        return open.lookingAt() && close.find(open.end()) ? without(content.substring(close.end()).stripLeading()) : content;
    }

    /// Where a tag may begin, or the end.
    static int mayBegin(CharSequence text, int from) {
        int at = from;
        while (at < text.length() && BEGINNINGS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    /// Where what may become a closing tag begins, or the end.
    static int sureEnd(Matcher close, CharSequence text) {
        int at = mayBegin(text, Math.max(0, text.length() - LONGEST));
        while (at < text.length() && (close.region(at, text.length()).lookingAt() || !close.hitEnd())) {
            at = mayBegin(text, at + 1);
        }
        return at;
    }
}
