package runnel.reply;

import java.util.Optional;
import runnel.chat.Sampling;

/// What the server was set to for all replies.
///
/// @param model             the default model
/// @param taskModel         the model that gives chats their titles, where one is to
/// @param sampling          the default temperature and the cap on a reply
/// @param maxRunning        how many replies may run at once
/// @param maxRunningPerUser how many of one person's may
public record ReplyDefaults(Optional<String> model, Optional<String> taskModel, Sampling sampling, int maxRunning, int maxRunningPerUser) {}
