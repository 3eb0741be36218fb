package runnel.account;

/// A browser that is logged in.
///
/// @param agent   what the browser says that it is
/// @param address whence it logged in
/// @param created epoch milliseconds, as `seen`, the last request
public record Session(String id, boolean remember, String agent, String address, long created, long seen) {}
