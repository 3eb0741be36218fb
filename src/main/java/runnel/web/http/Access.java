package runnel.web.http;

import io.javalin.security.RouteRole;

/// What a route says of who may come. One that says nothing is for those who are let in.
public enum Access implements RouteRole {
    /// For everybody.
    PUBLIC,
    /// Also for those whose e-mail address is yet to be verified.
    UNVERIFIED,
    /// For administrators; for others it is not there.
    ADMINISTRATORS,
    /// There only where the server has accounts.
    ACCOUNTS,
    /// For a browser that is logged in, not for a personal token: one that was stolen must neither outlive itself nor shut its
    /// owner out.
    SESSION
}
