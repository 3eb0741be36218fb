package runnel.account;

import java.util.Optional;

/// What the owner sees of a personal token; the token itself is shown once, when it is made.
///
/// @param created epoch milliseconds, as `used`, the last request, and `ends`
public record PersonalToken(String id, String name, long created, Optional<Long> used, Optional<Long> ends) {}
