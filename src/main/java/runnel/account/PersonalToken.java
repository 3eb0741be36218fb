package runnel.account;

import java.util.OptionalLong;

/// What the owner sees of a personal token; the token itself is shown once, when it is made.
///
/// @param created epoch milliseconds, as `used`, the last request, and `ends`
public record PersonalToken(String id, String name, long created, OptionalLong used, OptionalLong ends) {}
