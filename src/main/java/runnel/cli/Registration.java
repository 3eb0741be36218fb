package runnel.cli;

/// Whether people may make accounts themselves.
public enum Registration { OPEN, CLOSED }
