package runnel.chat;

import java.util.Optional;

/// What a program asked for by OpenAI's Responses API, besides what every prompt has.
///
/// @param system  the first message that the model reads, for this reply alone
/// @param request the fields of the request that say how to answer, as a JSON object
/// @param input   the items of the input as a JSON array, where they are more than one message of the user
public record Asked(String system, String request, Optional<String> input) {}
