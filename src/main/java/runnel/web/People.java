package runnel.web;

import java.util.Optional;
import java.util.function.Supplier;
import runnel.account.Passwords;
import runnel.mail.Mailer;
import runnel.reply.Replies;
import runnel.store.Accounts;
import runnel.store.Database;
import runnel.store.PersonalTokens;
import runnel.store.Sessions;
import runnel.store.Tickets;

/// Everything that decides who may come in, wired by hand.
final class People implements AutoCloseable {
    private final Passwords passwords = new Passwords();
    private final Optional<Evictions> evictions;
    private final FirstToken first;
    private final Visitors visitors;
    private final Gate gate;
    private final AccountRoutes routes;

    /// @param site the address that people type
    People(AccountOptions options, Peers peers, Database database, Replies replies, Streams streams, Supplier<String> site) {
        var accounts = new Accounts(database);
        var sessions = new Sessions(database);
        var cookie = new SessionCookie(peers);
        var tickets = new Tickets(database);
        var letters = new Letters(options.mail().map(Mailer::new), tickets, site);
        var brakes = new Brakes(peers);
        this.visitors = options.accounts() ? new AccountVisitors(database, cookie) : new LocalVisitor();
        this.evictions = options.accounts() ? Optional.of(new Evictions(streams, database)) : Optional.empty();
        this.first = new FirstToken(accounts, options.open() && options.guarded());
        this.gate = new Gate(visitors, options.accounts(), options.verified());
        var entrance = new Entrance(visitors, database, cookie, peers);
        var own = new OwnPassword(accounts, passwords, brakes);
        this.routes = new AccountRoutes(new AuthRoutes(options, accounts, first, letters),
                new SignUp(options, accounts, passwords, first, entrance, brakes, letters), new SignIn(accounts, passwords, entrance, brakes),
                new MeRoutes(visitors, accounts, sessions, passwords, own, entrance, replies, letters, brakes),
                new SessionRoutes(visitors, sessions), new TokenRoutes(visitors, new PersonalTokens(database)),
                new Resets(accounts, tickets, passwords, letters, brakes), new Verification(visitors, tickets, letters, brakes));
    }

    Visitors visitors() {
        return visitors;
    }

    Gate gate() {
        return gate;
    }

    AccountRoutes routes() {
        return routes;
    }

    /// Tells the operator what the first account takes, where it takes anything.
    void welcome() {
        first.wanted();
    }

    @Override
    public void close() {
        evictions.ifPresent(Evictions::close);
        passwords.close();
    }
}
