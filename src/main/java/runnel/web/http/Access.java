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
    ACCOUNTS
}
