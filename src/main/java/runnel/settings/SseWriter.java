package runnel.settings;

/// What writes server-sent events: Jetty's non-blocking response, or Javalin's own client, which costs a thread and a
/// mapping to JSON for each event.
public enum SseWriter { JETTY, JAVALIN }
