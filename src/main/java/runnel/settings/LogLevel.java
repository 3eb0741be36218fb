package runnel.settings;

/// How much Runnel's own log says.
public enum LogLevel { ERROR, WARN, INFO, DEBUG, TRACE }
