package runnel.account;

import java.util.Optional;

/// An account as the server keeps it.
///
/// @param password the hash; none until its owner has chosen one
/// @param created  epoch milliseconds
public record Account(User user, Optional<String> password, boolean disabled, long created) {}
