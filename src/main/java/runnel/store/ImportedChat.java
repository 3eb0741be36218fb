package runnel.store;

import java.util.List;
import java.util.Optional;

/// A chat as an export has it.
///
/// @param created  epoch milliseconds
/// @param messages each behind the one that it answers
public record ImportedChat(String title, Optional<String> model, Optional<String> system, long created,
        List<ImportedMessage> messages) {}
