package runnel.web.account;

import static runnel.web.http.Access.ACCOUNTS;
import static runnel.web.http.Access.PUBLIC;
import static runnel.web.http.Access.SESSION;
import static runnel.web.http.Access.UNVERIFIED;

import io.javalin.config.RoutesConfig;

/// Every address that has to do with accounts.
public record AccountRoutes(AuthRoutes auth, SignUp signUp, SignIn signIn, MeRoutes me, SessionRoutes sessions,
        TokenRoutes tokens, PasswordResets passwordResets,
        Verification verification) {
    public void install(RoutesConfig routes) {
        routes.get("/api/auth", auth::show, PUBLIC);
        routes.post("/api/register", signUp::register, PUBLIC, ACCOUNTS);
        routes.post("/api/login", signIn::login, PUBLIC, ACCOUNTS);
        routes.post("/api/logout", signIn::logout, PUBLIC, ACCOUNTS);
        routes.post("/api/password/forgot", passwordResets::forgot, PUBLIC, ACCOUNTS);
        routes.post("/api/password/reset", passwordResets::reset, PUBLIC, ACCOUNTS);
        routes.post("/api/email/verify", verification::verify, PUBLIC, ACCOUNTS);
        routes.post("/api/email/send", verification::send, UNVERIFIED, ACCOUNTS, SESSION);

        routes.get("/api/me", me::show, UNVERIFIED);
        routes.patch("/api/me", me::change, UNVERIFIED, ACCOUNTS, SESSION);
        routes.delete("/api/me", me::delete, UNVERIFIED, ACCOUNTS, SESSION);
        routes.put("/api/me/password", me::password, UNVERIFIED, ACCOUNTS, SESSION);
        routes.get("/api/me/sessions", sessions::list, UNVERIFIED, ACCOUNTS, SESSION);
        routes.delete("/api/me/sessions", sessions::endOthers, UNVERIFIED, ACCOUNTS, SESSION);
        routes.delete("/api/me/sessions/{session}", sessions::end, UNVERIFIED, ACCOUNTS, SESSION);
        routes.get("/api/me/tokens", tokens::list, ACCOUNTS, SESSION);
        routes.post("/api/me/tokens", tokens::make, ACCOUNTS, SESSION);
        routes.delete("/api/me/tokens/{token}", tokens::delete, ACCOUNTS, SESSION);
    }
}
