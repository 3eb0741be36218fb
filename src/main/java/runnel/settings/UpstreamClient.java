package runnel.settings;

/// What asks the model server: [LoopTransport] where that can, or [OkHttpTransport] in any case.
public enum UpstreamClient { AUTO, OKHTTP }
