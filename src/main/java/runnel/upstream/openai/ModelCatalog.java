package runnel.upstream.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import runnel.upstream.Models.Model;
import runnel.upstream.UpstreamException;

/// Reads lists of models as servers write them: `{"data":[…]}` (OpenAI and most), `{"models":[…]}`, or a bare array
/// (Together).
final class ModelCatalog {
    /// Where servers put the size of the context: OpenRouter and Together, vLLM, Groq, Mistral and LM Studio (which says first with
    /// how much it was started), llama.cpp, Gemini.
    private static final List<String> CONTEXT = List.of("/loaded_context_length", "/context_length", "/max_model_len", "/context_window",
            "/max_context_length", "/meta/n_ctx", "/meta/n_ctx_train", "/top_provider/context_length",
            "/inputTokenLimit");

    private static final List<String> LISTS = List.of("/data/models", "/data", "/models", "/result", "/list");

    /// Where servers say that a model sees pictures, as true or in a list: OpenRouter, Groq, Mistral and LM Studio, Moonshot, Fireworks.
    private static final List<String> VISION = List.of("/architecture/input_modalities", "/input_modalities", "/capabilities/vision",
            "/capabilities", "/supports_image_in", "/supports_image_input");

    private static final Pattern NOT_FOR_CHAT = Pattern.compile("embed|\\bbge\\b|whisper|tts|dall-e|moderation|image|audio"
            + "|rerank|realtime|transcri|speech|sora|davinci-00|babbage-00|-instruct-0914|guard");

    private static final Pattern SEEING = Pattern.compile("gpt-4o|gpt-4\\.[15]|gpt-4-turbo|gpt-5|\\bo1\\b(?!-mini|-preview)"
            + "|\\bo3\\b(?!-mini)|\\bo4"
            + "|claude-(3|opus|sonnet|haiku)|gemini|gemma-?3(?!.*(270m|1b))|llama-?4|llava|bakllava|moondream|pixtral|vision"
            + "|[-.\\d]vl\\b|internvl|minicpm-v|mistral-(small-?3\\.|medium-3)|phi-?(3\\.5|4)-(vision|multimodal)|grok-4");

    private ModelCatalog() {}

    static List<Model> read(String body) throws JsonProcessingException {
        JsonNode json = JsonCodec.MAPPER.readTree(body);
        JsonNode list = json.isArray() ? json : LISTS.stream().map(json::at).filter(each -> !each.isMissingNode()).findFirst()
                .orElse(json.path("models"));
        if (list.isNull()) { // so Ollama says that it has none (`{"object":"list","data":null}`)
            return List.of();
        }
        if (!list.isArray()) {
            throw new UpstreamException(UpstreamProblems.NOT_AN_API);
        }
        var models = new ArrayList<Model>();
        var seen = new HashSet<String>();
        for (JsonNode each : list) {
            String id = each.isTextual() ? each.textValue() : each.path("id").asText(each.path("name").asText(""));
            if (!id.isBlank() && seen.add(id)) {
                models.add(new Model(id, contextTokens(each), vision(each, id), each.path("owned_by").asText("")));
            }
        }
        return models;
    }

    /// @param props what `GET /props` says
    static Model started(Model model, String props) throws JsonProcessingException {
        long context = JsonCodec.MAPPER.readTree(props).at("/default_generation_settings/n_ctx").asLong();
        return context > 0 ? new Model(model.id(), Optional.of(context), model.vision(), model.owner()) : model;
    }

    static String firstForChat(List<Model> models) {
        return models.stream()
                .map(Model::id)
                .filter(id -> !NOT_FOR_CHAT.matcher(id.toLowerCase(Locale.ROOT)).find())
                .findFirst()
                .or(() -> models.stream().map(Model::id).findFirst())
                .orElseThrow(() -> new UpstreamException(UpstreamProblems.NO_MODELS));
    }

    private static Optional<Long> contextTokens(JsonNode model) {
        return CONTEXT.stream().map(model::at).filter(said -> said.canConvertToLong() || said.isTextual()).map(JsonNode::asLong)
                .filter(tokens -> tokens > 0).findFirst();
    }

    /// Many servers, OpenAI's too, say nothing of it; then the name does.
    private static boolean vision(JsonNode model, String id) {
        var said = VISION.stream().map(model::at).filter(each -> !each.isMissingNode()).toList();
        return said.isEmpty() ? soundsSeeing(id) : said.stream().anyMatch(each -> each.asBoolean()
                || each.valueStream().anyMatch(way -> way.asText().matches("image|vision|multimodal")));
    }

    static boolean soundsSeeing(String id) {
        return SEEING.matcher(id.toLowerCase(Locale.ROOT)).find();
    }
}
