package runnel.settings;

/// Who may use the server: `NONE` is one local user without a login, `ACCOUNTS` is everyone with an account.
public enum Auth { NONE, ACCOUNTS }
