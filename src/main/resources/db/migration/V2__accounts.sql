-- Somebody who may log in. address is the e-mail in lower case: what a person types to log in.
create table account (
    id       text    primary key,
    name     text    not null,
    email    text    not null,
    address  text    not null unique,
    password text,
    role     text    not null,
    verified boolean not null default false,
    disabled boolean not null default false,
    created  bigint  not null
);

-- Who came first, and so is the administrator. The key is what makes sure that there is one, on every database.
create table founder (
    id      integer primary key check (id = 1),
    account text    not null
);

-- A browser that is logged in. Of what its cookie holds, only the SHA-256 hash is kept.
create table session (
    id       text    primary key,
    hash     text    not null unique,
    account  text    not null references account (id) on delete cascade,
    remember boolean not null,
    agent    text    not null,
    address  text    not null,
    created  bigint  not null,
    seen     bigint  not null,
    idle     bigint  not null,
    ends     bigint  not null
);

create index session_of_account on session (account);

-- A personal token for scripts; of it too only the hash.
create table token (
    id      text   primary key,
    hash    text   not null unique,
    account text   not null references account (id) on delete cascade,
    name    text   not null,
    created bigint not null,
    used    bigint,
    ends    bigint
);

create index token_of_account on token (account);

-- A link that works once: to choose a new password, or to show that an e-mail address is one's own.
create table ticket (
    hash    text   primary key,
    account text   not null references account (id) on delete cascade,
    purpose text   not null,
    address text   not null,
    ends    bigint not null
);

create index ticket_of_account on ticket (account, purpose);

-- Counts up with everything that shuts somebody out, so that a running server learns of it from any process.
create table revocation (
    id     integer primary key check (id = 1),
    number bigint  not null
);

insert into revocation (id, number) values (1, 0);
