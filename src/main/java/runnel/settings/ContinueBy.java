package runnel.settings;

/// How a model is asked to go on with an answer that was cut off: given the text as its own beginning where its server is
/// known to take that, given it in any case, or asked in words.
public enum ContinueBy { AUTO, PREFILL, ASK }
