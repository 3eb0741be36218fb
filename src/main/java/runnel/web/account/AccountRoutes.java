package runnel.web.account;

import static runnel.web.http.Access.ACCOUNTS;
import static runnel.web.http.Access.PUBLIC;
import static runnel.web.http.Access.SESSION;
import static runnel.web.http.Access.UNVERIFIED;

import io.javalin.config.RoutesConfig;

/// Every address that has to do with accounts.
public record AccountRoutes(AuthRoutes auth, MailRoutes mails, MeRoutes me, CredentialRoutes credentials) {
    public void install(RoutesConfig routes) {
        routes.get("/api/auth", auth::show, PUBLIC);
        routes.post("/api/register", auth::register, PUBLIC, ACCOUNTS);
        routes.post("/api/login", auth::login, PUBLIC, ACCOUNTS);
        routes.post("/api/logout", auth::logout, PUBLIC, ACCOUNTS);
        routes.post("/api/password/forgot", mails::forgot, PUBLIC, ACCOUNTS);
        routes.post("/api/password/reset", mails::reset, PUBLIC, ACCOUNTS);
        routes.post("/api/email/verify", mails::verify, PUBLIC, ACCOUNTS);
        routes.post("/api/email/send", mails::send, UNVERIFIED, ACCOUNTS, SESSION);

        routes.get("/api/me", me::show, UNVERIFIED);
        routes.patch("/api/me", me::change, UNVERIFIED, ACCOUNTS, SESSION);
        routes.delete("/api/me", me::delete, UNVERIFIED, ACCOUNTS, SESSION);
        routes.put("/api/me/password", me::password, UNVERIFIED, ACCOUNTS, SESSION);
        routes.get("/api/me/sessions", credentials::sessions, UNVERIFIED, ACCOUNTS, SESSION);
        routes.delete("/api/me/sessions", credentials::endOtherSessions, UNVERIFIED, ACCOUNTS, SESSION);
        routes.delete("/api/me/sessions/{session}", credentials::endSession, UNVERIFIED, ACCOUNTS, SESSION);
        routes.get("/api/me/tokens", credentials::tokens, ACCOUNTS, SESSION);
        routes.post("/api/me/tokens", credentials::makeToken, ACCOUNTS, SESSION);
        routes.delete("/api/me/tokens/{token}", credentials::deleteToken, ACCOUNTS, SESSION);
    }
}
