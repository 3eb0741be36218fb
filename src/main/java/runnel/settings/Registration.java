package runnel.settings;

/// Whether people may make accounts themselves.
public enum Registration { OPEN, CLOSED }
